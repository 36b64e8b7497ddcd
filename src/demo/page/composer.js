import { element, part } from './element.js';
import { asksOf, readLine } from './grammar.js';
import { offersFor } from './offers.js';
import { createValues, isSuggested } from './values.js';

/**
 * @import { ScreenState } from '../screen/wire.ts'
 * @import { Ask, Reading } from './grammar.js'
 * @import { Offers } from './offers.js'
 * @import { Choice } from './values.js'
 */

/** @typedef {{ ask: Ask, options: Record<string, string | number | boolean> }} Asked */

/**
 * What the line of the composer is good for.
 * @typedef {object} ComposerParts
 * @property {Pick<ScreenState, 'commands' | 'channels'>} state
 * @property {(asked: Asked) => void} send
 * @property {(typing: { ask: Ask, option: string, typed: string }) => Promise<readonly Choice[]>} suggest
 */

/**
 * The line in which commands are typed, and the list of what could come next.
 * @param {ComposerParts} parts
 */
export function startComposer({ state, send, suggest }) {
  const asks = asksOf(state.commands);
  const values = createValues(state.channels);
  const input = part('ask', HTMLInputElement);
  const problem = part('problem', HTMLElement);
  const list = createList((line) => write(line));
  let turn = 0;

  const read = () => readLine(input.value.trimStart(), asks, values.isWhole);

  /** @param {string} line */
  function write(line) {
    input.value = line;
    input.focus();
    void offer();
  }

  async function offer() {
    turn += 1;
    const mine = turn;
    problem.textContent = '';
    const reading = read();
    const choices = await choicesFor(reading);
    if (mine === turn) list.show(offersFor(input.value.trimStart(), reading, choices));
  }

  /**
   * @param {Reading} reading
   * @returns {Promise<readonly Choice[]>}
   */
  async function choicesFor(reading) {
    if (reading.kind !== 'asking' || reading.typing === null) return [];
    const { option, text } = reading.typing;
    if (!isSuggested(option)) return values.known(option);
    const found = await suggest({ ask: reading.ask, option: option.name, typed: text.trim() });
    values.learn(found);
    return found;
  }

  function submit() {
    const reading = readLine(`${input.value.trim()} `, asks, values.isWhole);
    if (reading.kind === 'talk') return say(input.value.trim() === '' ? '' : nobodyElse);
    if (reading.kind === 'choosing') return say('There is no such command: type / to see all of them.');
    const answer = values.read(reading.ask, reading.given);
    if ('problem' in answer) return say(answer.problem);
    input.value = '';
    list.hide();
    send({ ask: reading.ask, options: answer.options });
  }

  /** @param {string} text */
  function say(text) {
    problem.textContent = text;
  }

  input.addEventListener('input', () => void offer());
  input.addEventListener('focus', () => input.value !== '' && void offer());
  input.addEventListener('blur', () => list.hide());
  input.addEventListener('keydown', (event) => {
    if (list.key(event.key)) event.preventDefault();
  });
  part('composer', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    turn += 1;
    submit();
  });
  return { write };
}

const nobodyElse = 'Nobody else is here to read this. Type / to ask Tidewatch something.';

/** @param {(line: string) => void} take */
function createList(take) {
  const input = part('ask', HTMLInputElement);
  const box = part('choices-box', HTMLElement);
  const list = part('choices', HTMLElement);
  /** @type {Offers['offers']} */
  let offers = [];
  let active = -1;

  /** @param {number} index */
  function mark(index) {
    active = index;
    for (const [i, item] of [...list.children].entries()) {
      item.setAttribute('aria-selected', String(i === index));
      if (i === index) item.scrollIntoView({ block: 'nearest' });
    }
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `choice-${index}`);
  }

  /** @param {boolean} open */
  function toggle(open) {
    box.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    if (!open) mark(-1);
  }

  /** @param {Offers} found */
  function show(found) {
    ({ offers } = found);
    part('choices-title', HTMLElement).textContent = found.title;
    list.replaceChildren(...offers.map(({ label, detail }, i) => drawOffer(label, detail, i)));
    toggle(offers.length > 0);
    if (offers.length > 0) mark(found.first ? 0 : -1);
  }

  /** @param {string} label @param {string} detail @param {number} index */
  function drawOffer(label, detail, index) {
    const item = element('div', { id: `choice-${index}`, role: 'option', 'aria-selected': 'false' });
    item.append(element('b', {}, label), ' ', element('span', {}, detail));
    // Before the input loses the focus, and with it this list.
    item.addEventListener('mousedown', (event) => {
      event.preventDefault();
      take(offers[index]?.line ?? '');
    });
    return item;
  }

  /** @param {number} by */
  function move(by) {
    mark(active < 0 && by < 0 ? offers.length - 1 : (active + by + offers.length) % offers.length);
    return true;
  }

  /** @param {number} index */
  function choose(index) {
    const offer = offers[index];
    if (offer === undefined) return false;
    take(offer.line);
    return true;
  }

  /** @type {Readonly<Record<string, () => boolean>>} */
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => choose(active),
    Tab: () => choose(Math.max(active, 0)),
    Escape: () => {
      toggle(false);
      return true;
    },
  };

  return {
    show,
    hide: () => toggle(false),
    /**
     * Whether the key was for the list.
     * @param {string} key
     */
    key: (key) => !box.hidden && (keys[key]?.() ?? false),
  };
}
