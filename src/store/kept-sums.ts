import { type Amounts, type KeptMeasure, keptMeasures, keptMoney, keptPeople } from '../domain/measures.ts';
import { amountsIn, columnOf } from './book-tables.ts';

/** What is kept of people, and of money in one currency: no two of them are in a row of `book_kept`. */
export type KeptSums = Readonly<Record<KeptMeasure, number>>;

export const noneKept: KeptSums = { lost_customers: 0, lost_members: 0, mrr_change: 0, mrr_loss: 0 };

/**
 * What became, up to one day, of those who were there before another is the sum of all corners that were opened before the one
 * and closed up to the other. Over all openings the corners of a closing add up to nothing, so that it is the opposite, too, of
 * those that were opened later: only the days between the two are read, however long the history before them.
 *
 * People and money at once, which needs no groups: the currency is asked for instead.
 */
export const selectKeptSums = keptMeasures
  .map((name) => `coalesce(-sum(${columnOf(name)}), 0)::bigint as ${columnOf(name)}`)
  .join(', ');

export const keptColumns = keptMeasures.map(columnOf).join(', ');

export function byKeptCurrency(sums: KeptSums, currency: string): Map<string, Amounts<KeptMeasure>> {
  return new Map<string, Amounts<KeptMeasure>>([
    ['', amountsIn(keptPeople, sums)],
    [currency, amountsIn(keptMoney, sums)],
  ]);
}
