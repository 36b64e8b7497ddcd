import type { APIEmbedField } from 'discord.js';

/** A field of an embed, line by line: the first lines matter most. */
export type LineField = { name: string; lines: readonly string[]; inline?: true };

/** Discord's limit of one field. */
const maxFieldCharacters = 1024;

/** Fields that fit into so many characters in all, names included: whichever is longest loses its last line, or half of its only one. */
export function fitFields(fields: readonly LineField[], maxCharacters: number): APIEmbedField[] {
  let fitting = fields.map((one) => shortenTo(one, maxFieldCharacters)).filter(({ lines }) => lines.length > 0);
  while (sum(fitting.map(lengthOf)) > maxCharacters) {
    const longest = Math.max(...fitting.map(lengthOf));
    const chosen = fitting.find((one) => lengthOf(one) === longest);
    fitting = fitting.map((one) => (one === chosen ? shorten(one) : one));
  }
  return fitting.map(({ name, lines, inline }) => ({ name, value: textOf(lines), ...(inline ? { inline } : {}) }));
}

function shortenTo(one: LineField, maxCharacters: number): LineField {
  return textOf(one.lines).length > maxCharacters ? shortenTo(shorten(one), maxCharacters) : one;
}

function shorten({ lines, ...others }: LineField): LineField {
  if (lines.length > 2 || (lines.length === 2 && lines[1] !== more)) {
    return { ...others, lines: [...lines.slice(0, lines.at(-1) === more ? -2 : -1), more] };
  }
  const [only = ''] = lines;
  return {
    ...others,
    lines: [`${only.slice(0, Math.floor(only.length / 2)).replace(/[\\\ud800-\udbff]+$/, '')}${more}`],
  };
}

const more = '…';

function textOf(lines: readonly string[]): string {
  return lines.join('\n');
}

function lengthOf({ name, lines }: LineField): number {
  return name.length + textOf(lines).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
