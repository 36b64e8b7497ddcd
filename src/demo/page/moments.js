/** @param {Intl.DateTimeFormatOptions} options */
const format = (options) => new Intl.DateTimeFormat('en-US', { hourCycle: 'h23', ...options });

const day = format({ dateStyle: 'short' });
const hour = format({ timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** As Discord writes `<t:…:f>` and its kin. */
const styles = {
  t: hour,
  T: format({ timeStyle: 'medium' }),
  d: day,
  D: format({ dateStyle: 'long' }),
  f: format({ dateStyle: 'long', timeStyle: 'short' }),
  F: format({ dateStyle: 'full', timeStyle: 'short' }),
};

const dayMs = 86_400_000;

/**
 * When a message was written, as Discord says it.
 * @param {number} at ms
 * @param {number} now ms
 */
export function spokenTime(at, now) {
  const date = day.format(at);
  if (date === day.format(now)) return `Today at ${hour.format(at)}`;
  if (date === day.format(now - dayMs)) return `Yesterday at ${hour.format(at)}`;
  return `${date}, ${hour.format(at)}`;
}

const clock = format({
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** @param {number} at ms */
export function clockTime(at) {
  return clock.format(at);
}

/** The demo's time leaps; what is shown of it is about so far behind at most. */
const behindMs = 1000;

/**
 * What the clock shows next, on its way to the time that has been reached: at the community's speed, and faster where it has
 * fallen behind.
 * @param {{ shown: number, now: number, speed: number }} way
 * @param {number} elapsedMs of ours, since it showed that
 */
export function glide({ shown, now, speed }, elapsedMs) {
  if (speed === 0) return now;
  return Math.min(now, shown + Math.max(speed, (now - shown) / behindMs) * Math.max(0, elapsedMs));
}

/**
 * @param {number} at ms
 * @param {string} style Discord's letter
 * @param {number} now ms
 */
export function timestamp(at, style, now) {
  if (style === 'R') return timeAgo(at - now);
  const found = Object.entries(styles).find(([letter]) => letter === style)?.[1] ?? styles.f;
  return found.format(at);
}

/** @type {readonly [Intl.RelativeTimeFormatUnit, number][]} */
const units = [
  ['year', 365 * dayMs],
  ['month', 30 * dayMs],
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** @param {number} ms negative: in the past */
function timeAgo(ms) {
  const [unit, length] = units.find(([, size]) => Math.abs(ms) >= size) ?? ['second', 1000];
  return relative.format(Math.trunc(ms / length), unit);
}
