import { compareText, type Sums } from './figure-value.ts';

/** Of which of our figures Whop has the same in its own `stats`, and the unit of each. */
export const comparedFigures = { mrr: 'money', paying_customers: 'count', gross_revenue: 'money' } as const;
export type ComparedFigure = keyof typeof comparedFigures;

type Unit = 'money' | 'count';
type Amount = { currency: string; amount: number };

/** What is known about a difference. Money is in minor units. */
export type Evidence = {
  unit: Unit;
  /** Of the report, in which both values are. */
  currency: string;
  whop: number;
  ours: number;
  /** The part of ours that is past due; null where that isn't known. */
  pastDue: number | null;
  /** Ours if days were those of UTC; null where days don't matter. */
  oursInUtc: number | null;
  /** What ours leaves out, since Whop gave no rate for it. */
  unconverted: readonly Amount[];
  /** Both before any conversion, by currency; null where Whop doesn't tell. */
  byCurrency: { whop: Sums; ours: Sums } | null;
};

/** Why Whop says something else than we do, as far as the numbers bear it out. */
export type Reason =
  | { kind: 'past_due'; amount: number }
  | { kind: 'time_zone' }
  /** `proven`: currency by currency both agree. Otherwise it is only possible. */
  | { kind: 'currency'; amounts: readonly Amount[]; proven: boolean }
  | { kind: 'unknown' };

/**
 * Counts agree if they are the same. Money agrees within half a percent, or a minor unit: prices are normalised to a month
 * and rounded one by one, and Whop's own figure is some minutes older or newer than ours; both stay well below that, while
 * what is below it changes nobody's decision.
 */
export function agrees(unit: Unit, a: number, b: number): boolean {
  const difference = Math.abs(a - b);
  if (unit === 'count') return difference === 0;
  return difference <= 1 || difference * 200 <= Math.max(Math.abs(a), Math.abs(b));
}

/** The first of the known reasons that explains the difference by its numbers. */
export function reasonOf(evidence: Evidence): Reason {
  const { unit, ours, pastDue, oursInUtc } = evidence;
  if (pastDue !== null && pastDue > 0 && explains(evidence, ours - pastDue))
    return { kind: 'past_due', amount: pastDue };
  if (unit === 'count') return { kind: 'unknown' };
  if (oursInUtc !== null && explains(evidence, oursInUtc)) return { kind: 'time_zone' };
  return currencyReason(evidence) ?? { kind: 'unknown' };
}

/** Whether ours would be Whop's, if it were this: it agrees, and hardly anything of the difference is left. */
function explains({ unit, whop, ours }: Evidence, otherwise: number): boolean {
  const left = Math.abs(whop - otherwise);
  return agrees(unit, whop, otherwise) && (left <= 1 || left * 10 <= Math.abs(whop - ours));
}

function currencyReason({ currency, whop, ours, unconverted, byCurrency }: Evidence): Reason | null {
  if (byCurrency !== null) {
    const amounts = foreign(byCurrency.ours, currency);
    return amounts.length > 0 && sameByCurrency(byCurrency) ? { kind: 'currency', amounts, proven: true } : null;
  }
  // Converting adds: where Whop says less, it isn't that.
  return unconverted.length > 0 && whop > ours ? { kind: 'currency', amounts: unconverted, proven: false } : null;
}

function foreign(sums: Sums, currency: string): Amount[] {
  const others = [...sums].filter(([other, amount]) => other !== currency && amount !== 0);
  return others
    .map(([other, amount]) => ({ currency: other, amount }))
    .sort((a, b) => compareText(a.currency, b.currency));
}

function sameByCurrency({ whop, ours }: { whop: Sums; ours: Sums }): boolean {
  const currencies = [...new Set([...whop.keys(), ...ours.keys()])];
  return currencies.every((currency) => agrees('money', whop.get(currency) ?? 0, ours.get(currency) ?? 0));
}
