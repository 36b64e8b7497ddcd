import type { CustomerBook } from './customer-book.ts';
import { type DayEntry, dayEntries } from './day-entries.ts';
import { type KeptEntry, keptEntries } from './kept-entries.ts';
import { type LifetimeEntry, lifetimeEntries } from './lifetime-entries.ts';

/** What a customer's book adds to the sums of the company. */
export type Rollup = {
  days: readonly DayEntry[];
  kept: readonly KeptEntry[];
  lifetimes: readonly LifetimeEntry[];
};

export function rollupOf(book: CustomerBook, timeZone: string): Rollup {
  return {
    days: dayEntries(book, timeZone),
    kept: keptEntries(book.stocks, timeZone),
    lifetimes: lifetimeEntries(book.stocks, timeZone),
  };
}
