import { chosen, fixedChoices } from './grammar.js';

/** @import { Ask, Option } from './grammar.js' */
/** @typedef {{ name: string, value: string | number | boolean }} Choice */

/** Discord's kinds of options. */
const kinds = { integer: 4, channel: 7, number: 10 };

/**
 * What is known of the values of options: choices that never change, the server's channels, and what was suggested before.
 * @param {readonly { id: string, name: string }[]} channels
 */
export function createValues(channels) {
  /** @type {Map<string, Choice>} */
  const suggested = new Map();

  /**
   * @param {Option} option
   * @returns {readonly Choice[]}
   */
  function known(option) {
    if (option.type === kinds.channel) return channels.map(({ id, name }) => ({ name: `#${name}`, value: id }));
    return isSuggested(option) ? [...suggested.values()] : fixedChoices(option);
  }

  return {
    known,
    /** @param {readonly Choice[]} choices */
    learn(choices) {
      for (const choice of choices) suggested.set(choice.name, choice);
    },
    /**
     * Whether nothing can be added to a text.
     * @param {Option} option
     * @param {string} text
     */
    isWhole: (option, text) =>
      isFree(option, known(option)) ? text !== '' : chosen(known(option), text) !== undefined,
    /**
     * The options of a question, or what is wrong with them.
     * @param {Ask} ask
     * @param {Record<string, string>} given
     * @returns {{ options: Record<string, string | number | boolean> } | { problem: string }}
     */
    read(ask, given) {
      const missing = ask.options.find(({ name, required }) => required === true && (given[name] ?? '') === '');
      if (missing !== undefined) return { problem: `“${missing.name}” is missing: ${missing.description}.` };
      /** @type {Record<string, string | number | boolean>} */
      const options = {};
      for (const [name, text] of Object.entries(given)) {
        const option = ask.options.find((one) => one.name === name);
        if (option === undefined || text === '') continue;
        const value = valueFrom(option, text, known(option));
        if (value === null) return { problem: `“${text}” is no choice for “${name}”: pick one from the list.` };
        options[name] = value;
      }
      return { options };
    },
  };
}

/** @param {Option} option */
export function isSuggested(option) {
  return 'autocomplete' in option && option.autocomplete === true;
}

/**
 * @param {Option} option
 * @param {readonly Choice[]} choices
 */
function isFree(option, choices) {
  return choices.length === 0 && !isSuggested(option);
}

/**
 * @param {Option} option
 * @param {string} text
 * @param {readonly Choice[]} choices
 */
function valueFrom(option, text, choices) {
  const choice = chosen(choices, text);
  if (choice !== undefined) return choice.value;
  if (option.type === kinds.integer || option.type === kinds.number) {
    return Number.isFinite(Number(text)) ? Number(text) : null;
  }
  return isSuggested(option) || choices.length === 0 ? text : null;
}
