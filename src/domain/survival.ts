import { groupBy } from './group-by.ts';

/** How long one case was seen, in one unit of time, and whether it ended then or was only seen until then. */
export type Lifetime = {
  duration: number;
  ended: boolean;
  /** From when on it was seen; 0 for its beginning. Must be less than `duration`. */
  entry?: number;
  /** How many such cases there are; 1 where it isn't said, negative to take some back. */
  cases?: number;
};

/** The estimate from one time of an end on. */
export type SurvivalStep = {
  time: number;
  survival: number;
  /** 95 % interval; null where nobody is left. */
  lower: number | null;
  upper: number | null;
  /** Cases seen just before that time. */
  atRisk: number;
};

/** The 97.5th percentile of the normal distribution. */
const z = 1.959963984540054;

/**
 * Kaplan–Meier estimate with one step for each time at which something ended. Intervals are Greenwood's on the log scale
 * and cut at 1, as R's `survival::survfit` gives them; a case that is censored at a time is still at risk then.
 */
export function survivalCurve(lifetimes: readonly Lifetime[]): SurvivalStep[] {
  const ends = groupBy(
    lifetimes.filter(({ ended }) => ended),
    ({ duration }) => duration,
  );
  const leaving = casesBy(lifetimes, ({ duration }) => duration);
  const entering = casesBy(lifetimes, ({ entry = 0 }) => entry);
  let survival = 1;
  let greenwood = 0;
  return [...ends]
    .filter(([, ending]) => casesOf(ending) > 0)
    .sort(([a], [b]) => a - b)
    .map(([time, ending]) => {
      const ended = casesOf(ending);
      const atRisk = entering.before(time) - leaving.before(time);
      survival *= 1 - ended / atRisk;
      greenwood += ended / (atRisk * (atRisk - ended));
      return { time, survival, ...interval(survival, greenwood), atRisk };
    });
}

function casesOf(lifetimes: readonly Lifetime[]): number {
  return lifetimes.reduce((sum, { cases = 1 }) => sum + cases, 0);
}

/** Counts cases at times before another one, which must not go back from one question to the next. */
function casesBy(lifetimes: readonly Lifetime[], timeOf: (lifetime: Lifetime) => number) {
  const times = [...groupBy(lifetimes, timeOf)].sort(([a], [b]) => a - b);
  let next = 0;
  let count = 0;
  return {
    before(time: number): number {
      for (let group = times[next]; group !== undefined && group[0] < time; group = times[next]) {
        count += casesOf(group[1]);
        next += 1;
      }
      return count;
    },
  };
}

function interval(survival: number, greenwood: number): { lower: number | null; upper: number | null } {
  if (survival === 0) return { lower: null, upper: null };
  const width = z * Math.sqrt(greenwood);
  return { lower: survival * Math.exp(-width), upper: Math.min(1, survival * Math.exp(width)) };
}
