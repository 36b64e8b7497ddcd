/** @import { Option, Reading } from './grammar.js' */
/** @import { Choice } from './values.js' */

/**
 * One line of the list above the input; `line` is what the input holds once it is taken.
 * @typedef {{ label: string, detail: string, line: string }} Offer
 */

/**
 * What could come next; `first` is whether the first of it is what Enter takes.
 * @typedef {{ title: string, offers: Offer[], first: boolean }} Offers
 */

/** @type {Offers} */
const nothing = { title: '', offers: [], first: false };

/**
 * @param {string} line
 * @param {Reading} reading
 * @param {readonly Choice[]} choices of the option that is being typed
 * @returns {Offers}
 */
export function offersFor(line, reading, choices) {
  if (reading.kind === 'talk') return nothing;
  if (reading.kind === 'choosing') {
    const offers = reading.asks.map(({ name, description }) => {
      return { label: `/${name}`, detail: description, line: `/${name} ` };
    });
    return { title: reading.typed === '' ? 'Commands' : `Commands matching /${reading.typed}`, offers, first: true };
  }
  return reading.typing === null ? optionOffers(line, reading) : choiceOffers(line, reading.typing, choices);
}

/**
 * @param {string} line
 * @param {Extract<Reading, { kind: 'asking' }>} reading
 * @returns {Offers}
 */
function optionOffers(line, { ask, free, word }) {
  const before = line.slice(0, line.length - word.length);
  const meant = free.filter(({ name }) => name.startsWith(word.toLowerCase()));
  const offers = meant.map(({ name, description, required }) => {
    return {
      label: name,
      detail: required === true ? `${description} (needed)` : description,
      line: `${before}${name}:`,
    };
  });
  return { title: `Options of /${ask.name}`, offers, first: word !== '' };
}

/**
 * @param {string} line
 * @param {{ option: Option, text: string, start: number }} typing
 * @param {readonly Choice[]} choices
 * @returns {Offers}
 */
function choiceOffers(line, { option, text, start }, choices) {
  const wanted = text.trim().toLowerCase();
  const meant = choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
  const offers = meant.map(({ name }) => ({ label: name, detail: '', line: `${line.slice(0, start)}${name} ` }));
  return { title: `${option.name}: ${option.description}`, offers, first: true };
}
