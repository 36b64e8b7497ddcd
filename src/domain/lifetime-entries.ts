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
  return placesOf(stocks).flatMap((entries) => {
    const [first] = entries;
    return first === undefined || first.currency !== '' ? [] : lifetimeOf(first.scope, entries, { timeZone, until });
  });
}

type Look = { timeZone: string; until: Instant };

function lifetimeOf(scope: Scope, entries: readonly StockEntry[], { timeZone, until }: Look): LifetimeEntry[] {
  const values = dayValues(entries, 'paying_customers', timeZone, until);
  const seen = values[0]?.day;
  if (seen === undefined) return [];
  const paidSince = entries.find((entry) => entry.paidSince !== null)?.paidSince ?? null;
  const life = { scope, seen, began: paidSince === null ? seen : dayOf(paidSince, timeZone) };
  return values.flatMap(({ day: since, value }, i) => {
    const before = values[i - 1];
    const ended = value > 0 ? null : since;
    const replaced = before === undefined ? [] : [{ ...life, ended: before.value > 0 ? null : before.day, since }];
    return [...replaced.map((one) => ({ ...one, customers: -1 })), { ...life, ended, since, customers: 1 }];
  });
}
