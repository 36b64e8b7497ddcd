import { part } from './element.js';
import { drawMessage, drawThinking } from './message.js';

/**
 * @import { ScreenMessage, ScreenState } from '../screen/wire.ts'
 * @import { Hands } from './message.js'
 */

/**
 * The messages of all channels, and those of one on the screen.
 * @param {Pick<ScreenState, 'messages' | 'channels' | 'pace'>} state
 * @param {Hands} hands
 */
export function createHistory({ messages, channels, pace }, hands) {
  const list = part('messages', HTMLElement);
  const all = new Map(messages.map((message) => [message.id, message]));
  let { now } = pace;
  let current = '';

  /** @param {ScreenMessage} message */
  const draw = (message) => drawMessage(message, { now, channels }, hands);

  /** @param {Element} item */
  function add(item) {
    list.append(item);
    toEnd();
  }

  function toEnd() {
    const log = part('log', HTMLElement);
    log.scrollTop = log.scrollHeight;
  }

  /** @param {ScreenMessage} message */
  function replace(message) {
    const old = document.getElementById(message.id);
    if (old === null) return add(draw(message));
    const place = focusedPlace(old);
    const drawn = draw(message);
    old.replaceWith(drawn);
    if (place >= 0) buttonsOf(drawn)[place]?.focus();
  }

  return {
    /** @param {string} channelId */
    open(channelId) {
      current = channelId;
      list.replaceChildren(...[...all.values()].filter((one) => one.channelId === current).map(draw));
      toEnd();
    },
    /**
     * @param {ScreenMessage} message
     * @returns {boolean} whether it wasn't there before
     */
    put(message) {
      const isNew = !all.has(message.id);
      all.set(message.id, message);
      if (message.channelId === current) replace(message);
      return isNew;
    },
    /** @param {string} id */
    remove(id) {
      all.delete(id);
      document.getElementById(id)?.remove();
      part('ask', HTMLInputElement).focus();
    },
    /**
     * Something that stands for the answer until the returned function is called.
     * @param {string} channelId
     * @param {string} used
     */
    think(channelId, used) {
      const item = drawThinking(used);
      if (channelId === current) add(item);
      return () => item.remove();
    },
    /**
     * Shows that a message is about to change.
     * @param {string} id
     */
    wait(id) {
      document.getElementById(id)?.setAttribute('aria-busy', 'true');
      return () => document.getElementById(id)?.removeAttribute('aria-busy');
    },
    /** @param {number} time */
    setNow(time) {
      now = time;
    },
  };
}

/** @param {Element} item */
function buttonsOf(item) {
  return [...item.querySelectorAll('button')];
}

/** Which of a message's buttons has the focus; -1 where none has. @param {Element} item */
function focusedPlace(item) {
  return buttonsOf(item).findIndex((button) => button.matches(':focus'));
}
