import { type Day, daysBetween } from './calendar.ts';
import type { ComparedFigure } from './comparison.ts';
import type { Instant } from './facts.ts';
import type { Sums } from './figure-value.ts';

/** What Whop is asked about one of its own figures: a point for each day from `from` to `to`, both included. */
export type StatQuestion = {
  companyId: string;
  figure: ComparedFigure;
  from: Day;
  to: Day;
  timeZone: string;
  currency: string;
  /** Each point also as amounts of the currencies that were paid in; those aren't converted. */
  byCurrency: boolean;
};

export type StatPoint = {
  /** When the point's day begins. */
  at: Instant;
  /** In minor units where it is money; null is a gap, not 0. */
  value: number | null;
  /** Null where Whop doesn't tell. */
  byCurrency: Sums | null;
};

export type StatAnswer = { points: readonly StatPoint[]; askedAt: Instant } | { unavailable: string };

/** One value of Whop's: as at an instant, or over days. */
export type StatValue = { value: number; byCurrency: Sums | null };

const dayMs = 86_400_000;

/** The newest point of a level, such as MRR, which is never summed; and the instant that it is as at. */
export function levelOf(points: readonly StatPoint[], askedAt: Instant): (StatValue & { asOf: Instant }) | null {
  const last = points.findLast(({ value }) => value !== null);
  if (last === undefined || last.value === null) return null;
  const { at, value, byCurrency } = last;
  return { value, byCurrency, asOf: Math.min(at + dayMs - 1, askedAt) };
}

/** The sum over whole days; null where the points have a gap. */
export function sumOf(points: readonly StatPoint[], { from, to }: { from: Day; to: Day }): StatValue | null {
  if (points.length <= daysBetween(from, to)) return null;
  let value = 0;
  for (const point of points) {
    if (point.value === null) return null;
    value += point.value;
  }
  const parts = points.flatMap(({ byCurrency }) => byCurrency ?? []);
  return { value, byCurrency: parts.length === points.length ? together(parts) : null };
}

function together(parts: readonly Sums[]): Sums {
  const sums = new Map<string, number>();
  for (const [currency, amount] of parts.flatMap((part) => [...part])) {
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return sums;
}
