import { escapeMarkdown } from 'discord.js';
import { plainLine } from './plain-text.ts';

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name that somebody else has chosen, safe to show in Discord: it can't format, link, mention or turn the text around
 * itself, and is cut at whole characters.
 */
export function outsideName(name: string, maxCharacters = 60): string {
  const plain = plainLine(name).trim();
  const whole = [...characters.segment(plain)].map(({ segment }) => segment);
  const cut = whole.length > maxCharacters ? `${whole.slice(0, maxCharacters - 1).join('')}…` : plain;
  const escaped = escapeMarkdown(cut, { maskedLink: true, heading: true, bulletedList: true, numberedList: true });
  return escaped.replaceAll('<', '\\<');
}
