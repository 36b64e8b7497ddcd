import type { OptionValue, Question } from './command.ts';

/** Discord's limit for a component's custom_id. */
const MAX_LENGTH = 100;

const NAME = /^[-_\p{L}\p{N}]{1,32}$/u;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/**
 * A question as a button carries it: `stats revenue period=7d public=true`. Strings that read as a number or a
 * boolean are quoted, everything that isn't plain is percent-encoded.
 *
 * @throws RangeError when the question doesn't fit into Discord's 100 characters.
 */
export function customId(question: Question): string {
  const names = question.subcommand === null ? [question.command] : [question.command, question.subcommand];
  const options = Object.entries(question.options).map(([name, value]) => `${name}=${encodeValue(value)}`);
  const id = [...names, ...options].join(' ');
  if (id.length > MAX_LENGTH)
    throw new RangeError(`A button of /${question.command} asks too much: ${id.length} > 100`);
  return id;
}

/** Null for what `customId` can't have written: buttons of other versions, or of nobody. */
export function parseCustomId(id: string): Question | null {
  const [command = '', ...words] = id.split(' ');
  const subcommand = words[0]?.includes('=') === false ? words[0] : null;
  const options = parseOptions(subcommand === null ? words : words.slice(1));
  if (!options || ![command, subcommand ?? command, ...Object.keys(options)].every((name) => NAME.test(name))) {
    return null;
  }
  const question = { command, subcommand, options };
  // One spelling each: what would be written differently wasn't written by us.
  return id.length <= MAX_LENGTH && customId(question) === id ? question : null;
}

function parseOptions(words: string[]): Record<string, OptionValue> | null {
  try {
    return Object.fromEntries(words.map(parseOption));
  } catch {
    return null;
  }
}

function parseOption(word: string): [string, OptionValue] {
  const at = word.indexOf('=');
  return [word.slice(0, Math.max(at, 0)), decodeValue(word.slice(at + 1))];
}

function encodeValue(value: OptionValue): string {
  if (typeof value !== 'string') return String(value);
  const encoded = encodeURIComponent(value).replaceAll("'", '%27');
  return typeof decodeValue(encoded) === 'string' ? encoded : `'${encoded}'`;
}

function decodeValue(text: string): OptionValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (NUMBER.test(text)) return Number(text);
  return decodeURIComponent(/^'.*'$/.test(text) ? text.slice(1, -1) : text);
}
