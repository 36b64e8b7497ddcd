import type { Day } from './calendar.ts';
import { placesOf } from './day-entries.ts';
import { type DayValue, dayValues } from './day-values.ts';
import type { KeptMeasure, Stock } from './measures.ts';
import { type Scope, scopeOf } from './scope.ts';
import type { StockEntry } from './stock-entries.ts';

/**
 * What became between the ends of two days, `opening` and `closing`, of those who were there at the first, is the sum of the
 * entries with `opened` up to `opening` and `closed` up to `closing`: for any two days, though nobody is looked at again.
 * Each entry is a corner: it begins (or, where negative, ends) for openings from `opened` on and closings from `closed` on.
 */
export type KeptEntry = {
  scope: Scope;
  currency: string;
  opened: Day;
  closed: Day;
  measure: KeptMeasure;
  amount: number;
};

type Judgement = { measure: KeptMeasure; stock: Stock; of: (opening: number, closing: number) => number };

const people: readonly Judgement[] = [
  { measure: 'lost_customers', stock: 'paying_customers', of: isLost },
  { measure: 'lost_members', stock: 'members', of: isLost },
];

const money: readonly Judgement[] = [
  { measure: 'mrr_change', stock: 'mrr', of: (opening, closing) => (opening > 0 ? closing - opening : 0) },
  { measure: 'mrr_loss', stock: 'mrr', of: (opening, closing) => (opening > 0 ? Math.max(0, opening - closing) : 0) },
];

/** What is asked of people, whatever they pay in, and of money in one currency. */
export function judgementsIn(currency: string): readonly Judgement[] {
  return currency === '' ? people : money;
}

function isLost(opening: number, closing: number): number {
  return opening > 0 && closing === 0 ? 1 : 0;
}

/** What is kept is asked of the company and of its plans; of a product it would be many sums for nobody. */
function isAsked(scope: Scope): boolean {
  return !scope.startsWith(scopeOf('product', null));
}

export function keptEntries(stocks: readonly StockEntry[], timeZone: string): KeptEntry[] {
  return placesOf(stocks).flatMap((entries) => {
    const { scope = '', currency = '' } = entries[0] ?? {};
    if (!isAsked(scope)) return [];
    return judgementsIn(currency).flatMap((judgement) => {
      const values = dayValues(entries, judgement.stock, timeZone, Number.POSITIVE_INFINITY);
      return cornersOf(values, judgement).map((corner) => ({ scope, currency, ...corner }));
    });
  });
}

type Corner = Pick<KeptEntry, 'opened' | 'closed' | 'measure' | 'amount'>;

/** Each change judges everybody's openings before it anew: by how much, is constant between two earlier changes. */
function cornersOf(values: readonly DayValue[], { measure, of }: Judgement): Corner[] {
  return values.flatMap(({ day: closed, value: closing }, i) => {
    const before = values[i - 1]?.value ?? 0;
    let known = 0;
    const openings = [...values.slice(0, i), { day: closed, value: 0 }];
    return openings.flatMap(({ day: opened, value: opening }): Corner[] => {
      const judged = opened === closed ? 0 : of(opening, closing) - of(opening, before);
      const amount = judged - known;
      known = judged;
      return amount === 0 ? [] : [{ opened, closed, measure, amount }];
    });
  });
}
