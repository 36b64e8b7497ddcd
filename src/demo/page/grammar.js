/** @import { APIApplicationCommandBasicOption } from 'discord.js' */
/** @import { Payload } from '../../discord/command.ts' */

/** @typedef {APIApplicationCommandBasicOption} Option */

/**
 * What can be asked: a command, or one of its subcommands.
 * @typedef {{ command: string, subcommand: string | null, name: string, description: string, options: readonly Option[] }} Ask
 */

/**
 * What the line says so far.
 * @typedef {{ kind: 'talk' }
 *   | { kind: 'choosing', typed: string, asks: Ask[] }
 *   | { kind: 'asking', ask: Ask, given: Record<string, string>, typing: { option: Option, text: string, start: number } | null,
 *       free: Option[], word: string }} Reading
 */

/** Discord's number for a choice between true and false. */
const booleanType = 5;

/**
 * @param {readonly Payload[]} payloads
 * @returns {Ask[]}
 */
export function asksOf(payloads) {
  return payloads.flatMap(asksOfCommand);
}

/**
 * Of Discord's kinds of options, 1 is a subcommand and 2 a group of them.
 * @param {Payload} payload
 * @returns {Ask[]}
 */
function asksOfCommand({ name: command, description, options = [] }) {
  const subcommands = options.flatMap((option) => (option.type === 1 ? [option] : []));
  if (subcommands.length === 0) {
    return [{ command, subcommand: null, name: command, description, options: basic(options) }];
  }
  return subcommands.map((one) => ({
    command,
    subcommand: one.name,
    name: `${command} ${one.name}`,
    description: one.description,
    options: one.options ?? [],
  }));
}

/**
 * @param {NonNullable<Payload['options']>} options
 * @returns {Option[]}
 */
function basic(options) {
  return options.flatMap((option) => (option.type === 1 || option.type === 2 ? [] : [option]));
}

/**
 * @param {string} line up to where the cursor is
 * @param {readonly Ask[]} asks
 * @param {(option: Option, text: string) => boolean} isWhole whether a text is all that there is to say of an option
 * @returns {Reading}
 */
export function readLine(line, asks, isWhole) {
  if (!line.startsWith('/')) return { kind: 'talk' };
  const typed = line.slice(1);
  const ask = asks
    .filter(({ name }) => typed.startsWith(`${name} `))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (ask === undefined) return { kind: 'choosing', typed, asks: asks.filter(({ name }) => isMeant(name, typed)) };
  return readOptions(line, ask, isWhole);
}

/**
 * By its beginning, or by the beginning of its last word.
 * @param {string} name
 * @param {string} typed
 */
function isMeant(name, typed) {
  const wanted = typed.trim().toLowerCase();
  return name.startsWith(wanted) || (name.split(' ')[1] ?? '').startsWith(wanted);
}

/**
 * @param {string} line
 * @param {Ask} ask
 * @param {(option: Option, text: string) => boolean} isWhole
 * @returns {Reading}
 */
function readOptions(line, ask, isWhole) {
  const marks = ask.options
    .flatMap((option) => {
      const at = line.search(new RegExp(`\\s${option.name}:`, 'u'));
      return at < 0 ? [] : [{ option, at, start: at + option.name.length + 2 }];
    })
    .toSorted((a, b) => a.at - b.at);
  /** @type {Record<string, string>} */
  const given = {};
  for (const [i, { option, start }] of marks.entries()) given[option.name] = line.slice(start, marks[i + 1]?.at).trim();
  const free = ask.options.filter(({ name }) => given[name] === undefined);
  const last = marks.at(-1);
  const rest = last === undefined ? line.slice(ask.name.length + 2) : line.slice(last.start);
  const [, whole = '', word = ''] = /^(.*\s|)(\S*)$/su.exec(rest) ?? [];
  if (last === undefined) return { kind: 'asking', ask, given, typing: null, free, word };
  if (whole === '' || !isWhole(last.option, whole.trim())) {
    const typing = { option: last.option, text: rest.trimStart(), start: last.start };
    return { kind: 'asking', ask, given, typing, free, word: '' };
  }
  return { kind: 'asking', ask, given: { ...given, [last.option.name]: whole.trim() }, typing: null, free, word };
}

/**
 * What may be said of an option and is known beforehand.
 * @param {Option} option
 * @returns {readonly { name: string, value: string | number | boolean }[]}
 */
export function fixedChoices(option) {
  if (option.type === booleanType) {
    return [
      { name: 'True', value: true },
      { name: 'False', value: false },
    ];
  }
  return 'choices' in option && option.choices ? option.choices : [];
}

/**
 * @param {readonly { name: string, value: string | number | boolean }[]} choices
 * @param {string} text
 */
export function chosen(choices, text) {
  const wanted = text.trim().toLowerCase();
  return choices.find(({ name, value }) => [name, String(value)].some((one) => one.toLowerCase() === wanted));
}
