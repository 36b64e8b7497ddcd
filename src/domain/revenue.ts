import { type Day, daysOf, type Stretch } from './calendar.ts';
import type { Entry, Flow, Stock } from './ledger.ts';
import { divideMinor } from './money.ts';
import { flowing, type Sums, standing, sumBy } from './totals.ts';

/** A figure's value: null with the reason where it can't be computed. */
export type Value = {
  value: number | null;
  unavailable?: string;
  otherCurrencies?: { currency: string; amount: number }[];
};

/** The entries of a company, and the currency that its money figures are in. */
export type Books = { entries: readonly Entry[]; currency: string };

const byCurrency = (entry: Entry) => entry.currency;
const all = () => 'all';

export type RevenueKey =
  | 'mrr'
  | 'arr'
  | 'paying_customers'
  | 'arpu'
  | 'gross_revenue'
  | 'refunds'
  | 'disputes_lost'
  | 'net_revenue'
  | 'after_fees'
  | 'payments_succeeded'
  | 'payments_failed'
  | 'payments_pending'
  | 'payments_recovered'
  | 'payment_success_rate'
  | 'refund_rate'
  | 'dispute_rate';

/** Every revenue figure of a stretch of time: flows over it, stocks as at its `asOf`. */
export function revenueFigures({ entries, currency }: Books, stretch: Stretch): Record<RevenueKey, Value> {
  const stock = (measure: Stock) => standing(measure, entries, stretch.asOf);
  const flow = (measure: Flow) => sumBy(flowing(measure, entries, stretch), byCurrency);
  const count = (measure: Flow) => sumBy(flowing(measure, entries, stretch), all).get('all') ?? 0;
  const money = (sums: Sums) => inCurrency(sums, currency);

  const mrr = sumBy(stock('mrr'), byCurrency);
  const people = stock('paying_customers').filter((entry) => entry.planId === null);
  const payers = sumBy(people, (entry) => entry.currency ?? 'all');
  const [gross, refunds, lost] = [flow('gross_revenue'), flow('refunds'), flow('disputes_lost')];
  const [succeeded, failed] = [count('payments_succeeded'), count('payments_failed')];
  return {
    mrr: money(mrr),
    arr: money(scale(mrr, 12)),
    paying_customers: { value: payers.get('all') ?? 0 },
    arpu: arpu(mrr.get(currency) ?? 0, payers.get(currency) ?? 0, currency),
    gross_revenue: money(gross),
    refunds: money(refunds),
    disputes_lost: money(lost),
    net_revenue: money(add(gross, scale(refunds, -1), scale(lost, -1))),
    after_fees: money(flow('after_fees')),
    payments_succeeded: { value: succeeded },
    payments_failed: { value: failed },
    payments_pending: { value: count('payments_pending') },
    payments_recovered: { value: count('payments_recovered') },
    payment_success_rate: ratio(succeeded, succeeded + failed, 'no payment succeeded or failed in this period'),
    refund_rate: ratio(refunds.get(currency) ?? 0, gross.get(currency) ?? 0, `no ${currency} revenue in this period`),
    dispute_rate: ratio(count('disputes_opened'), succeeded, 'no payment succeeded in this period'),
  };
}

export type DayPoint = { day: Day; value: number };

/** MRR at the end of each day of the stretch, the last as at `asOf`; in the reporting currency. */
export function mrrByDay({ entries, currency }: Books, stretch: Stretch, timeZone: string): DayPoint[] {
  const own = entries.filter((entry) => entry.currency === currency);
  return daysOf(stretch, timeZone).map(({ day, end }) => {
    const at = end === stretch.end ? stretch.asOf : end - 1;
    return { day, value: total(standing('mrr', own, at)) };
  });
}

/** Gross revenue − refunds − disputes lost of each day, in the reporting currency. */
export function netRevenueByDay({ entries, currency }: Books, stretch: Stretch, timeZone: string): DayPoint[] {
  const own = entries.filter((entry) => entry.currency === currency);
  return daysOf(stretch, timeZone).map((span) => {
    const flow = (measure: Flow) => total(flowing(measure, own, span));
    return { day: span.day, value: flow('gross_revenue') - flow('refunds') - flow('disputes_lost') };
  });
}

export type PlanRevenue = {
  planId: string | null;
  currency: string;
  mrr: number;
  customers: number;
  grossRevenue: number;
};

/** Each plan and currency that has any; their sums are the totals. Most revenue first, the reporting currency before others. */
export function revenueByPlan({ entries, currency }: Books, stretch: Stretch): PlanRevenue[] {
  const key = (entry: Entry) => (entry.currency === null ? null : `${entry.currency} ${entry.planId ?? ''}`);
  const mrr = sumBy(standing('mrr', entries, stretch.asOf), key);
  const onPlans = standing('paying_customers', entries, stretch.asOf).filter((entry) => entry.planId !== null);
  const customers = sumBy(onPlans, key);
  const gross = sumBy(flowing('gross_revenue', entries, stretch), key);
  const rows = [...new Set([...mrr.keys(), ...customers.keys(), ...gross.keys()])].map((scope) => {
    const [rowCurrency = '', planId = ''] = scope.split(' ');
    return {
      planId: planId === '' ? null : planId,
      currency: rowCurrency,
      mrr: mrr.get(scope) ?? 0,
      customers: customers.get(scope) ?? 0,
      grossRevenue: gross.get(scope) ?? 0,
    };
  });
  const foreign = (row: PlanRevenue) => Number(row.currency !== currency);
  return rows.sort(
    (a, b) =>
      foreign(a) - foreign(b) ||
      b.mrr - a.mrr ||
      b.grossRevenue - a.grossRevenue ||
      compareText(`${a.currency} ${a.planId}`, `${b.currency} ${b.planId}`),
  );
}

function inCurrency(sums: Sums, currency: string): Value {
  const others = [...sums].filter(([other]) => other !== currency).sort(([a], [b]) => compareText(a, b));
  const value = sums.get(currency) ?? 0;
  if (others.length === 0) return { value };
  return { value, otherCurrencies: others.map(([other, amount]) => ({ currency: other, amount })) };
}

function arpu(mrr: number, payers: number, currency: string): Value {
  const value = divideMinor(mrr, payers);
  return value === null ? { value, unavailable: `nobody pays in ${currency} at this time` } : { value };
}

function ratio(part: number, whole: number, unavailable: string): Value {
  return whole === 0 ? { value: null, unavailable } : { value: part / whole };
}

function add(...all: Sums[]): Sums {
  const sums = new Map<string, number>();
  for (const [key, amount] of all.flatMap((one) => [...one])) sums.set(key, (sums.get(key) ?? 0) + amount);
  return new Map([...sums].filter(([, amount]) => amount !== 0));
}

function scale(sums: Sums, by: number): Sums {
  return new Map([...sums].map(([key, amount]) => [key, amount * by]));
}

function total(entries: readonly Entry[]): number {
  return entries.reduce((sum, { amount }) => sum + amount, 0);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
