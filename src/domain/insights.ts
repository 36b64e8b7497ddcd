/** Between which values a figure lies as long as nothing but its usual variation is at work. */
export type Limits = { lower: number; upper: number };

/** A week's value beside the limits of the weeks before it. */
export type Judgement = Limits & { judged: number; weeks: number; verdict: 'unusual' | 'normal' };

/** With fewer weeks nothing is said. */
export const fewestWeeks = 8;

/** Turns a mean moving range of two consecutive values into three standard deviations: 3 / 1.128. */
const spread = 2.66;

/** Sums of fractions come out this much differently, of what they are about. */
const rounding = 1e-9;

/** The natural process limits of an XmR chart: mean ± 2.66 × mean moving range (Wheeler, Understanding Variation, 1993). */
export function naturalLimits(values: readonly number[]): Limits {
  const centre = mean(values);
  const ranges = values.slice(1).map((value, n) => Math.abs(value - (values[n] ?? value)));
  const largest = Math.max(...values.map(Math.abs));
  const distance = spread * mean(ranges) + rounding * largest;
  return { lower: centre - distance, upper: centre + distance };
}

/** Whether a value is outside of the limits of those before it; null where these are too few to say. */
export function judge(judged: number, earlier: readonly number[]): Judgement | null {
  if (earlier.length < fewestWeeks) return null;
  const limits = naturalLimits(earlier);
  const isUnusual = judged < limits.lower || judged > limits.upper;
  return { ...limits, judged, weeks: earlier.length, verdict: isUnusual ? 'unusual' : 'normal' };
}

/**
 * Judges the last of a figure's weekly values by those before it, as far back as none is missing. Of what stands (`stock`), such
 * as MRR, the change over a week is judged: that it is higher than it ever was is what growth looks like.
 */
export function judgeCourse(values: readonly (number | null)[], kind: 'stock' | 'flow'): Judgement | null {
  const known = knownAtEnd(values);
  const course = kind === 'flow' ? known : known.slice(1).map((value, n) => value - (known[n] ?? value));
  const last = course.at(-1);
  return last === undefined ? null : judge(last, course.slice(0, -1));
}

function knownAtEnd(values: readonly (number | null)[]): number[] {
  const gap = values.lastIndexOf(null);
  return values.slice(gap + 1).filter((value) => value !== null);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
