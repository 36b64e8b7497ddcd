import { type Amounts, type KeptMeasure, keptMeasures, keptMoney, keptPeople } from '../domain/measures.ts';
import { amountsIn, columnOf, selectSums } from './book-tables.ts';

/** What is kept of people, and of money in one currency: no two of them are in a row of `book_kept`. */
export type KeptSums = Readonly<Record<KeptMeasure, number>>;

export const noneKept: KeptSums = { lost_customers: 0, lost_members: 0, mrr_change: 0, mrr_loss: 0 };

/** People and money at once, which needs no groups: the currency is asked for instead. */
export const selectKeptSums = selectSums(keptMeasures);

export const keptColumns = keptMeasures.map(columnOf).join(', ');

export function byKeptCurrency(sums: KeptSums, currency: string): Map<string, Amounts<KeptMeasure>> {
  return new Map<string, Amounts<KeptMeasure>>([
    ['', amountsIn(keptPeople, sums)],
    [currency, amountsIn(keptMoney, sums)],
  ]);
}
