import { element, part } from './element.js';

/** @import { ScreenChannel } from '../screen/wire.ts' */

/**
 * The list of channels, with how many messages came while one looked elsewhere.
 * @param {readonly ScreenChannel[]} channels
 * @param {(channel: ScreenChannel) => void} onOpen
 */
export function startChannels(channels, onOpen) {
  /** @type {Map<string, number>} */
  const unread = new Map();
  const buttons = new Map(channels.map((channel) => [channel.id, drawChannel(channel, () => open(channel))]));
  let current = '';

  /** @param {ScreenChannel} channel */
  function open(channel) {
    current = channel.id;
    unread.delete(channel.id);
    update();
    part('channel', HTMLElement).textContent = channel.name;
    part('topic', HTMLElement).textContent = channel.topic;
    part('log', HTMLElement).setAttribute('aria-label', `Messages in ${channel.name}`);
    onOpen(channel);
  }

  function update() {
    for (const { id } of channels) {
      const count = unread.get(id) ?? 0;
      const button = buttons.get(id);
      if (id === current) button?.setAttribute('aria-current', 'page');
      else button?.removeAttribute('aria-current');
      button?.querySelector('.count')?.replaceChildren(...(count === 0 ? [] : drawCount(count)));
    }
  }

  part('channels', HTMLElement).replaceChildren(...[...buttons.values()].map((button) => element('li', {}, button)));
  return {
    open,
    current: () => current,
    /** @param {string} id */
    markUnread(id) {
      unread.set(id, (unread.get(id) ?? 0) + 1);
      update();
    },
  };
}

/** @param {number} count */
function drawCount(count) {
  const unseen = (/** @type {string} */ text) => element('span', { class: 'unseen' }, text);
  return [unseen(', '), String(count), unseen(' new')];
}

/** @param {ScreenChannel} channel @param {() => void} onClick */
function drawChannel({ name }, onClick) {
  const hash = element('span', { class: 'hash', 'aria-hidden': 'true' }, '#');
  const button = element('button', { type: 'button' }, hash, name, element('span', { class: 'count' }));
  button.addEventListener('click', onClick);
  return button;
}
