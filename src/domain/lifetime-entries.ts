import { type Day, dayOf } from './calendar.ts';
import { placesOf } from './day-entries.ts';
import { dayValues } from './day-values.ts';
import type { Instant } from './facts.ts';
import type { Scope } from './scope.ts';
import type { StockEntry } from './stock-entries.ts';

/**
 * One customer more, or less, who first paid then and last stopped then, as known from `since` on: whoever stops is from then
 * on one less who still pays and one more who has stopped, and whoever comes back the other way round.
 */
export type LifetimeEntry = {
  scope: Scope;
  /** The day of the first payment; earlier than `seen` where history begins in the middle of a membership. */
  began: Day;
  /** The day from which on the customer is known to pay. */
  seen: Day;
  /** The day of the last churn; null for who pays. */
  ended: Day | null;
  since: Day;
  customers: number;
};

/** Of changes at `until` or before. */
export function lifetimeEntries(
  stocks: readonly StockEntry[],
  timeZone: string,
  until: Instant = Number.POSITIVE_INFINITY,
): LifetimeEntry[] {
  const lives: LifetimeEntry[] = [];
  for (const entries of placesOf(stocks)) {
    const [first] = entries;
    if (first?.currency === '') lives.push(...lifetimeOf(first.scope, entries, { timeZone, until }));
  }
  return lives;
}

type Look = { timeZone: string; until: Instant };

function lifetimeOf(scope: Scope, entries: readonly StockEntry[], { timeZone, until }: Look): LifetimeEntry[] {
  const values = dayValues(entries, 'paying_customers', timeZone, until);
  const seen = values[0]?.day;
  if (seen === undefined) return [];
  const paidSince = entries.find((entry) => entry.paidSince !== null)?.paidSince ?? null;
  const began = paidSince === null ? seen : dayOf(paidSince, timeZone);
  const lives: LifetimeEntry[] = [];
  let endedBefore: Day | null | undefined;
  for (const { day: since, value } of values) {
    if (endedBefore !== undefined) lives.push({ scope, began, seen, ended: endedBefore, since, customers: -1 });
    const ended = value > 0 ? null : since;
    lives.push({ scope, began, seen, ended, since, customers: 1 });
    endedBefore = ended;
  }
  return lives;
}
