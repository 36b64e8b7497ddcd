import { element } from './element.js';

/** @import { ScreenChannel } from '../screen/wire.ts' */

/** What one may begin with, by channel. */
const ideas = {
  general: ['/stats overview', '/stats revenue', '/stats retention', '/help'],
  staff: ['/churn list', '/digest preview', '/stats subscriptions', '/status'],
  digest: ['/stats members', '/stats marketing'],
};

/**
 * What stands where a channel begins.
 * @param {ScreenChannel} channel
 * @param {readonly string[]} commands what there is to ask
 * @param {(line: string) => void} take
 */
export function drawBeginning({ name, topic }, commands, take) {
  const offered = (Object.entries(ideas).find(([one]) => one === name)?.[1] ?? []).filter((one) =>
    commands.includes(one.slice(1)),
  );
  return [
    element('h3', {}, `Welcome to #${name}!`),
    element('p', {}, `${topic}. Ask Tidewatch anything here: type / or begin with one of these.`),
    element(
      'div',
      { class: 'buttons' },
      offered.map((line) => drawIdea(line, take)),
    ),
  ];
}

/** @param {string} line @param {(line: string) => void} take */
function drawIdea(line, take) {
  const button = element('button', { type: 'button', class: 'button secondary' }, line);
  button.addEventListener('click', () => take(`${line} `));
  return button;
}
