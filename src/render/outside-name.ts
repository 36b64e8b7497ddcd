import { escapeMarkdown } from 'discord.js';
import { fitText, plainLine } from './plain-text.ts';

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Discord counts UTF-16 units, of which a character can have as many as it likes. */
const unitsACharacter = 3;

/**
 * A name that somebody else has chosen, safe to show in Discord: it can't format, link, mention or turn the text around
 * itself, and is cut at whole characters, so that it is no longer than three times as many units.
 */
export function outsideName(name: string, maxCharacters = 60): string {
  const plain = plainLine(name).trim();
  const whole = [...characters.segment(plain)].map(({ segment }) => segment);
  const room = maxCharacters * unitsACharacter;
  const fits = whole.length <= maxCharacters && plain.length <= room;
  const cut = fits ? plain : `${fitText(whole.slice(0, maxCharacters - 1).join(''), room - 1)}…`;
  const escaped = escapeMarkdown(cut, { maskedLink: true, heading: true, bulletedList: true, numberedList: true });
  return escaped.replaceAll('<', '\\<');
}
