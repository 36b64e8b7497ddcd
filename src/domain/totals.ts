import type { Span } from './calendar.ts';
import type { Instant } from './facts.ts';
import type { Entry, Flow, Stock } from './ledger.ts';

/** Amounts by key, such as a currency; keys whose sum is 0 are left out. */
export type Sums = ReadonlyMap<string, number>;

/** Sums what `keyOf` gives a key, and leaves out what it gives null. */
export function sumBy(entries: Iterable<Entry>, keyOf: (entry: Entry) => string | null): Sums {
  const sums = new Map<string, number>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === null) continue;
    const sum = (sums.get(key) ?? 0) + entry.amount;
    if (sum === 0) sums.delete(key);
    else sums.set(key, sum);
  }
  return sums;
}

/** What a flow added within a span. */
export function flowing(measure: Flow, entries: readonly Entry[], span: Span): Entry[] {
  return entries.filter((entry) => entry.measure === measure && span.start <= entry.at && entry.at < span.end);
}

/** What makes a stock as it stands at an instant, changes of that very instant included. */
export function standing(measure: Stock, entries: readonly Entry[], at: Instant): Entry[] {
  return entries.filter((entry) => entry.measure === measure && entry.at <= at);
}
