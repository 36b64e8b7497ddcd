import { type Day, dayOf } from './calendar.ts';
import type { Instant } from './facts.ts';
import type { Stock } from './measures.ts';
import type { StockEntry } from './stock-entries.ts';

/** What stood at the end of a day, and of each later one until the next change. */
export type DayValue = { day: Day; value: number };

/**
 * The days at whose end one stock of one customer, in one scope and currency, differed from the end of the day before; what
 * comes and goes within a day shows in none. Of changes at `until` or before.
 * @param entries of one scope and currency, oldest first
 */
export function dayValues(
  entries: readonly Pick<StockEntry, 'at' | 'amounts'>[],
  stock: Stock,
  timeZone: string,
  until: Instant,
): DayValue[] {
  const ends: DayValue[] = [];
  let value = 0;
  for (const { at, amounts } of entries) {
    if (at > until) break;
    value += amounts[stock] ?? 0;
    const day = dayOf(at, timeZone);
    const last = ends.at(-1);
    if (last?.day === day) last.value = value;
    else ends.push({ day, value });
  }
  return ends.filter((end, i) => end.value !== (ends[i - 1]?.value ?? 0));
}

/** What stood at an instant, with what changed just then. */
export function standingAt(entries: readonly StockEntry[], stock: Stock, instant: Instant): number {
  let value = 0;
  for (const { at, amounts } of entries) if (at <= instant) value += amounts[stock] ?? 0;
  return value;
}
