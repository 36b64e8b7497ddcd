/**
 * @import { ScreenEvent, ScreenMessage, ScreenState } from '../screen/wire.ts'
 * @import { Pace } from '../time/demo-clock.ts'
 * @import { Choice } from './values.js'
 * @import { Ask } from './grammar.js'
 */

/** The demo can't be reached, or said no; the message is for people. */
export class DemoError extends Error {}

/** @returns {Promise<ScreenState>} */
export function readState() {
  return call('/state');
}

/**
 * @param {Ask} ask
 * @param {Record<string, string | number | boolean>} options
 * @param {string} channelId
 * @returns {Promise<ScreenMessage>}
 */
export function askCommand({ command, subcommand }, options, channelId) {
  return call('/commands', { command, subcommand, options, channelId });
}

/**
 * @param {string} messageId
 * @param {string} customId
 * @returns {Promise<ScreenMessage>}
 */
export function pressButton(messageId, customId) {
  return call('/buttons', { messageId, customId });
}

/**
 * Nothing where it can't be asked: the value can be typed without help.
 * @param {{ ask: Ask, option: string, typed: string }} typing
 * @returns {Promise<readonly Choice[]>}
 */
export function suggestChoices({ ask: { command, subcommand }, option, typed }) {
  return call('/suggestions', { command, subcommand, option, typed }).catch(() => []);
}

/**
 * @param {number} speed
 * @returns {Promise<Pace>}
 */
export function choosePace(speed) {
  return call('/pace', { speed });
}

/**
 * @param {(event: ScreenEvent) => void} onEvent
 * @param {(reached: boolean) => void} onReached
 */
export function listen(onEvent, onReached) {
  const events = new EventSource('/events');
  events.addEventListener('message', ({ data }) => onEvent(JSON.parse(data)));
  events.addEventListener('open', () => onReached(true));
  events.addEventListener('error', () => onReached(false));
}

/**
 * @param {string} address
 * @param {object} [body]
 */
async function call(address, body) {
  const headers = { 'content-type': 'application/json' };
  const request = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(address, request).catch(() => {
    throw new DemoError('The demo isn’t reached: is `npm run demo` still running?');
  });
  const answer = await response.json();
  if (!response.ok) throw new DemoError(answer.error);
  return answer;
}
