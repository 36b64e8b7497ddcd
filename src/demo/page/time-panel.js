import { part } from './element.js';
import { clockTime, glide } from './moments.js';

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
 * @param {{ pace: Pace, until: number, choose: (speed: number) => void }} parts
 */
export function startTimePanel({ pace, until, choose }) {
  const slider = part('speed', HTMLInputElement);
  const play = part('play', HTMLButtonElement);
  const words = part('speed-words', HTMLElement);
  const time = part('now', HTMLTimeElement);
  let running = false;
  let reached = pace;
  let shown = pace.now;
  let shownAt = 0;
  let frame = 0;

  /** @param {number} at ms of the page's own clock */
  function move(at) {
    shown = glide({ shown, ...reached }, at - shownAt);
    shownAt = at;
    time.dateTime = new Date(shown).toISOString();
    time.textContent = clockTime(shown);
    frame = shown < reached.now ? requestAnimationFrame(move) : 0;
  }

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
      reached = { now, speed };
      const at = performance.now();
      if (frame === 0) shownAt = at;
      cancelAnimationFrame(frame);
      move(at);
      play.textContent = running ? 'Pause' : 'Play';
      play.disabled = now >= until;
      document.body.classList.toggle('running', running);
      if (now >= until) words.textContent = 'That is all: start the demo again for more.';
    },
  };
}
