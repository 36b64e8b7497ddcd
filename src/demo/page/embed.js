import { element } from './element.js';
import { markdown } from './markdown.js';
import { spokenTime } from './moments.js';

/**
 * @import { APIEmbed, APIEmbedField } from 'discord.js'
 * @import { ScreenMessage } from '../screen/wire.ts'
 * @import { Surroundings } from './markdown.js'
 */

/**
 * @param {APIEmbed} embed
 * @param {ScreenMessage['files']} files
 * @param {Surroundings} surroundings
 */
export function drawEmbed(embed, files, surroundings) {
  const { title, url, description, fields = [], image, author, footer, timestamp, color } = embed;
  const drawn = element(
    'div',
    { class: 'embed' },
    author && element('p', { class: 'embed-author' }, author.name),
    title && element('h3', {}, url === undefined ? markdown(title, surroundings) : link(url, title)),
    description && element('div', { class: 'embed-text' }, markdown(description, surroundings)),
    fields.length > 0 &&
      element(
        'dl',
        { class: 'fields' },
        rows(fields).flatMap((row) => drawRow(row, surroundings)),
      ),
    image && picture(image.url, files),
    (footer || timestamp) && element('p', { class: 'embed-footer' }, footerText(embed, surroundings)),
  );
  if (color !== undefined) drawn.style.setProperty('--accent', `#${color.toString(16).padStart(6, '0')}`);
  return drawn;
}

/** @param {string} url @param {string} title */
function link(url, title) {
  return [element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, title)];
}

/** @param {APIEmbed} embed @param {Surroundings} surroundings */
function footerText({ footer, timestamp }, { now }) {
  const time = timestamp === undefined ? [] : [spokenTime(Date.parse(timestamp), now)];
  return [...(footer ? [footer.text] : []), ...time].join(' • ');
}

/**
 * Inline fields that follow each other stand three in a row, as Discord sets them.
 * @param {readonly APIEmbedField[]} fields
 */
function rows(fields) {
  /** @type {APIEmbedField[][]} */
  const found = [];
  for (const field of fields) {
    const row = found.at(-1);
    const joins = field.inline === true && row !== undefined && row[0]?.inline === true && row.length < 3;
    if (joins) row.push(field);
    else found.push([field]);
  }
  return found;
}

/** @param {readonly APIEmbedField[]} row @param {Surroundings} surroundings */
function drawRow(row, surroundings) {
  return row.flatMap(({ name, value, inline }) =>
    element(
      'div',
      { class: inline === true ? `field inline of-${row.length}` : 'field' },
      element('dt', {}, markdown(name, surroundings)),
      element('dd', {}, markdown(value, surroundings)),
    ),
  );
}

/**
 * @param {string} url
 * @param {ScreenMessage['files']} files
 */
export function picture(url, files) {
  const description = files.find((file) => file.url === url)?.description ?? 'Picture';
  const image = element('img', { src: url, alt: description, class: 'picture', width: 640, height: 440 });
  return element('a', { href: url, target: '_blank', class: 'picture-link' }, image);
}
