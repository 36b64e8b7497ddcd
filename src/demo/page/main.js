import { drawBeginning } from './beginnings.js';
import { startChannels } from './channels.js';
import { startComposer } from './composer.js';
import { askCommand, choosePace, DemoError, listen, pressButton, readState, suggestChoices } from './demo.js';
import { part } from './element.js';
import { asksOf } from './grammar.js';
import { createHistory } from './history.js';
import { startTimePanel } from './time-panel.js';

/**
 * @import { ScreenEvent, ScreenMessage, ScreenState } from '../screen/wire.ts'
 * @import { Asked } from './composer.js'
 */

/** @param {ScreenState} state */
function start(state) {
  part('community', HTMLElement).textContent = state.community;
  const names = asksOf(state.commands).map(({ name }) => name);
  const history = createHistory(state, { press, dismiss: (id) => history.remove(id) });
  const channels = startChannels(state.channels, (channel) => {
    const write = (/** @type {string} */ line) => composer.write(line);
    part('beginning', HTMLElement).replaceChildren(...drawBeginning(channel, names, write));
    history.open(channel.id);
  });
  const time = startTimePanel({
    pace: state.pace,
    until: state.until,
    choose: (speed) => void attempt(() => choosePace(speed)),
  });
  const composer = startComposer({ state, send: (asked) => void send(asked), suggest: suggestChoices });

  /** @param {Asked} asked */
  async function send({ ask, options }) {
    const channelId = channels.current();
    const done = history.think(channelId, `/${ask.name}`);
    const message = await attempt(() => askCommand(ask, options, channelId));
    done();
    if (message !== undefined) arrive(message);
  }

  /** @param {string} messageId @param {string} customId */
  async function press(messageId, customId) {
    const done = history.wait(messageId);
    const message = await attempt(() => pressButton(messageId, customId));
    done();
    if (message !== undefined) arrive(message);
  }

  /** @param {ScreenMessage} message */
  function arrive(message) {
    const isNew = history.put(message);
    if (isNew && message.channelId !== channels.current()) channels.markUnread(message.channelId);
    tell(spoken(message, state));
  }

  /** @param {ScreenEvent} event */
  function hear(event) {
    if (event.type === 'message') return arrive(event.message);
    history.setNow(event.pace.now);
    time.show(event.pace);
  }

  time.show(state.pace);
  const [first] = state.channels;
  if (first !== undefined) channels.open(first);
  for (const { channelId } of state.messages) {
    if (channelId !== channels.current()) channels.markUnread(channelId);
  }
  listen(hear, (reached) => {
    if (!reached) tell('The demo isn’t reached just now.');
  });
  part('ask', HTMLInputElement).focus();
}

/**
 * What happened, for those who don't see it.
 * @param {ScreenMessage} message
 * @param {ScreenState} state
 */
function spoken({ channelId, used, embeds, content }, { channels }) {
  const channel = channels.find(({ id }) => id === channelId)?.name ?? '';
  const about = embeds[0]?.title ?? content;
  return used === null ? `New in ${channel}: ${about}` : `Tidewatch answered ${used}: ${about}`;
}

/** @param {string} text */
function tell(text) {
  part('status', HTMLElement).textContent = text;
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>} undefined where it failed, which has been said
 */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof DemoError ? error.message : 'Something went wrong on this page: load it again.';
    part('problem', HTMLElement).textContent = message;
    return undefined;
  }
}

const state = await attempt(readState);
if (state !== undefined) start(state);
