import { element } from './element.js';
import { drawEmbed, picture } from './embed.js';
import { markdown } from './markdown.js';
import { spokenTime } from './moments.js';

/**
 * @import { APIButtonComponent, APIComponentInMessageActionRow } from 'discord.js'
 * @import { ScreenMessage } from '../screen/wire.ts'
 * @import { Surroundings } from './markdown.js'
 */

/**
 * What can be done with a message.
 * @typedef {{ press(messageId: string, customId: string): void, dismiss(messageId: string): void }} Hands
 */

/**
 * @param {ScreenMessage} message
 * @param {Surroundings} surroundings
 * @param {Hands} hands
 */
export function drawMessage(message, surroundings, hands) {
  const { id, used, ephemeral, content, embeds, files, components } = message;
  const shown = new Set(embeds.flatMap(({ image }) => (image ? [image.url] : [])));
  return element(
    'li',
    { id, class: ephemeral ? 'message ephemeral' : 'message' },
    element(
      'article',
      { 'aria-label': used === null ? 'Message of Tidewatch' : `Tidewatch’s answer to ${used}` },
      used !== null && usedLine(used),
      heading(message, surroundings),
      content !== '' && element('div', { class: 'content' }, markdown(content, surroundings)),
      embeds.map((embed) => drawEmbed(embed, files, surroundings)),
      files
        .filter(({ url }) => !shown.has(url))
        .map((file) => (file.name.endsWith('.png') ? picture(file.url, files) : attachment(file))),
      components.map(({ components: row }) => drawRow(row, id, hands)),
      ephemeral && whisper(id, hands),
    ),
  );
}

/**
 * A file that is no picture.
 * @param {ScreenMessage['files'][number]} file
 */
function attachment({ url, name }) {
  return element('p', {}, element('a', { href: url, download: name }, name));
}

/**
 * What stands in a message's place until the bot has answered.
 * @param {string} used
 */
export function drawThinking(used) {
  const dots = element('span', { class: 'dots', 'aria-hidden': 'true' }, element('i'), element('i'), element('i'));
  const text = element('p', { class: 'content thinking' }, dots, 'Tidewatch is thinking…');
  return element('li', { class: 'message' }, element('article', {}, usedLine(used), author(), text));
}

/** @param {string} used */
function usedLine(used) {
  return element(
    'p',
    { class: 'used' },
    element('b', {}, 'You'),
    ' used ',
    element('span', { class: 'mention' }, used),
  );
}

/** @param {...Node} more */
function author(...more) {
  const avatar = element('img', { src: '/tidewatch.svg', alt: '', class: 'avatar', width: 40, height: 40 });
  const app = element('abbr', { class: 'app', title: 'A bot' }, 'APP');
  return element('div', { class: 'author' }, avatar, element('b', {}, 'Tidewatch'), app, ...more);
}

/** @param {ScreenMessage} message @param {Surroundings} surroundings */
function heading({ at }, { now }) {
  return author(element('time', { datetime: new Date(at).toISOString() }, spokenTime(at, now)));
}

/** @param {string} id @param {Hands} hands */
function whisper(id, hands) {
  const dismiss = element('button', { type: 'button', class: 'link' }, 'Dismiss message');
  dismiss.addEventListener('click', () => hands.dismiss(id));
  const eye = element('span', { 'aria-hidden': 'true' }, '👁 ');
  return element('p', { class: 'whisper' }, eye, 'Only you can see this · ', dismiss);
}

/** Discord's styles by number. */
const styles = ['', 'primary', 'secondary', 'success', 'danger', 'secondary', 'primary'];

/**
 * @param {readonly APIComponentInMessageActionRow[]} row
 * @param {string} messageId
 * @param {Hands} hands
 */
function drawRow(row, messageId, hands) {
  const buttons = row.flatMap((component) => (component.type === 2 ? [drawButton(component, messageId, hands)] : []));
  return element('div', { class: 'buttons' }, buttons);
}

/**
 * One that is disabled can be focused all the same: who pressed it shouldn't be thrown to the top of the page.
 * @param {APIButtonComponent} button
 * @param {string} messageId
 * @param {Hands} hands
 */
function drawButton(button, messageId, hands) {
  const label = 'label' in button ? (button.label ?? '') : '';
  const emoji = 'emoji' in button ? (button.emoji?.name ?? '') : '';
  const text = [emoji, label].filter((part) => part !== '').join(' ');
  if ('url' in button) {
    return element('a', { class: 'button secondary', href: button.url, target: '_blank', rel: 'noopener' }, text);
  }
  const off = button.disabled === true;
  const drawn = element(
    'button',
    { type: 'button', class: `button ${styles[button.style] ?? ''}`, 'aria-disabled': off ? 'true' : null },
    text,
  );
  if ('custom_id' in button && !off) {
    drawn.addEventListener('click', () => hands.press(messageId, button.custom_id));
  }
  return drawn;
}
