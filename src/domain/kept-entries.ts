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

const anyProduct = scopeOf('product', null);

/** What is kept is asked of the company and of its plans; of a product it would be many sums for nobody. */
function isAsked(scope: Scope): boolean {
  return !scope.startsWith(anyProduct);
}

export function keptEntries(stocks: readonly StockEntry[], timeZone: string): KeptEntry[] {
  const kept: KeptEntry[] = [];
  for (const entries of placesOf(stocks)) {
    const { scope = '', currency = '' } = entries[0] ?? {};
    if (!isAsked(scope)) continue;
    for (const judgement of judgementsIn(currency)) {
      const values = dayValues(entries, judgement.stock, timeZone, Number.POSITIVE_INFINITY);
      for (const corner of cornersOf(values, judgement)) kept.push({ scope, currency, ...corner });
    }
  }
  return kept;
}

type Corner = Pick<KeptEntry, 'opened' | 'closed' | 'measure' | 'amount'>;

/** Each change judges everybody's openings before it anew: by how much, is constant between two earlier changes. */
function cornersOf(values: readonly DayValue[], { measure, of }: Judgement): Corner[] {
  const corners: Corner[] = [];
  let before = 0;
  for (const [i, { day: closed, value: closing }] of values.entries()) {
    let known = 0;
    for (const { day: opened, value: opening } of values.slice(0, i)) {
      const judged = of(opening, closing) - of(opening, before);
      if (judged !== known) corners.push({ opened, closed, measure, amount: judged - known });
      known = judged;
    }
    if (known !== 0) corners.push({ opened: closed, closed, measure, amount: -known });
    before = closing;
  }
  return corners;
}
