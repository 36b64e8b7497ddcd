import { part } from './element.js';
import { clockTime } from './moments.js';

/** @import { Pace } from '../time/demo-clock.ts' */

/** Seconds there in one of ours, and how that is said. */
const speeds = /** @type {const} */ ([
  [3600, 'an hour a second'],
  [3 * 3600, '3 hours a second'],
  [6 * 3600, '6 hours a second'],
  [12 * 3600, '12 hours a second'],
  [86_400, 'a day a second'],
  [3 * 86_400, '3 days a second'],
  [7 * 86_400, 'a week a second'],
]);

/**
 * The clock of the community, and what makes it run.
 * @param {{ until: number, choose: (speed: number) => void }} parts
 */
export function startTimePanel({ until, choose }) {
  const slider = part('speed', HTMLInputElement);
  const play = part('play', HTMLButtonElement);
  const words = part('speed-words', HTMLElement);
  let running = false;

  const chosen = () => speeds[Number(slider.value)] ?? speeds[0];

  function tellSpeed() {
    words.textContent = chosen()[1];
    slider.setAttribute('aria-valuetext', chosen()[1]);
  }

  slider.addEventListener('input', () => {
    tellSpeed();
    if (running) choose(chosen()[0]);
  });
  play.addEventListener('click', () => choose(running ? 0 : chosen()[0]));
  tellSpeed();

  return {
    /** @param {Pace} pace */
    show({ now, speed }) {
      running = speed > 0;
      play.textContent = running ? 'Pause' : 'Play';
      play.disabled = now >= until;
      document.body.classList.toggle('running', running);
      const time = part('now', HTMLTimeElement);
      time.dateTime = new Date(now).toISOString();
      time.textContent = clockTime(now);
      if (now >= until) words.textContent = 'That is all: start the demo again for more.';
    },
  };
}
