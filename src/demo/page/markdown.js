import { element } from './element.js';
import { timestamp } from './moments.js';

/** @typedef {{ now: number, channels: readonly { id: string, name: string }[] }} Surroundings */

/** What Discord reads within a line; the first that begins earliest wins. */
const inline =
  /\\(?<escaped>[^\p{L}\p{N}\s])|`(?<code>[^`]+)`|\*\*(?<bold>.+?)\*\*|__(?<under>.+?)__|~~(?<struck>.+?)~~|\*(?<starred>[^*\s][^*]*?)\*|(?<!\w)_(?<italic>[^_]+?)_(?!\w)|\[(?<label>[^\]]+)\]\((?<target>https?:\/\/[^)\s]+)\)|<t:(?<seconds>-?\d+)(?::(?<style>[tTdDfFR]))?>|<\/(?<command>[^:>]+):\d+>|<#(?<channel>\d+)>|<@!?(?<user>\d+)>/su;

/**
 * Discord's Markdown as elements, as much of it as bots write.
 * @param {string} text
 * @param {Surroundings} surroundings
 * @returns {(Node | string)[]}
 */
export function markdown(text, surroundings) {
  return blocks(text).flatMap((block) => {
    if (block.kind === 'code') return [element('pre', {}, element('code', {}, block.text))];
    const inner = spans(block.text, surroundings);
    if (block.kind === 'plain') return inner;
    return [element(block.kind === 'quote' ? 'blockquote' : 'p', { class: block.kind }, inner)];
  });
}

/** @typedef {{ kind: 'plain' | 'quote' | 'small' | 'item' | 'heading' | 'code', text: string }} Block */

/** @type {readonly [RegExp, Block['kind']][]} */
const beginnings = [
  [/^> /, 'quote'],
  [/^-# /, 'small'],
  [/^[-*] /, 'item'],
  [/^#{1,3} /, 'heading'],
];

/**
 * @param {string} text
 * @returns {Block[]}
 */
function blocks(text) {
  return text.split(/```(?:\w*\n)?([\s\S]*?)```/).flatMap((piece, i) => {
    if (i % 2 === 1) return [{ kind: /** @type {const} */ ('code'), text: piece.trimEnd() }];
    return piece === '' ? [] : lines(piece);
  });
}

/**
 * Lines that begin in no special way stay together, with their breaks.
 * @param {string} text
 * @returns {Block[]}
 */
function lines(text) {
  /** @type {Block[]} */
  const found = [];
  for (const line of text.split('\n')) {
    const [mark, kind] = beginnings.find(([pattern]) => pattern.test(line)) ?? [/^/, /** @type {const} */ ('plain')];
    const before = found.at(-1);
    if (kind === 'plain' && before?.kind === 'plain') before.text += `\n${line}`;
    else found.push({ kind, text: line.replace(mark, '') });
  }
  return found;
}

/**
 * @param {string} text
 * @param {Surroundings} surroundings
 * @returns {(Node | string)[]}
 */
function spans(text, surroundings) {
  const match = inline.exec(text);
  if (match === null) return [text];
  const rest = text.slice(match.index + match[0].length);
  return [text.slice(0, match.index), span(match.groups ?? {}, surroundings), ...spans(rest, surroundings)];
}

/** @type {Readonly<Record<string, 'strong' | 'u' | 's' | 'em'>>} */
const wrappers = { bold: 'strong', under: 'u', struck: 's', starred: 'em', italic: 'em' };

/**
 * @param {Record<string, string>} groups
 * @param {Surroundings} surroundings
 * @returns {Node | string}
 */
function span(groups, surroundings) {
  for (const [name, tag] of Object.entries(wrappers)) {
    const inside = groups[name];
    if (inside !== undefined) return element(tag, {}, spans(inside, surroundings));
  }
  if (groups.escaped !== undefined) return groups.escaped;
  if (groups.code !== undefined) return element('code', {}, groups.code);
  if (groups.target !== undefined) {
    return element('a', { href: groups.target, target: '_blank', rel: 'noopener noreferrer' }, groups.label);
  }
  return mention(groups, surroundings);
}

/**
 * @param {Record<string, string>} groups
 * @param {Surroundings} surroundings
 */
function mention({ seconds, style = 'f', command, channel }, { now, channels }) {
  if (seconds !== undefined) {
    const at = Number(seconds) * 1000;
    return element('time', { datetime: new Date(at).toISOString() }, timestamp(at, style, now));
  }
  if (command !== undefined) return element('span', { class: 'mention' }, `/${command}`);
  const known = channels.find(({ id }) => id === channel);
  return element('span', { class: 'mention' }, channel === undefined ? '@someone' : `#${known?.name ?? 'unknown'}`);
}
