import type { Books } from './books.ts';
import { type Day, daysOf, type Stretch } from './calendar.ts';
import { compareText } from './figure-value.ts';
import type { Entry, Flow } from './ledger.ts';
import { flowing, standing, sumBy } from './totals.ts';

export type DayPoint = { day: Day; value: number };

/** MRR at the end of each day of the stretch, the last as at `asOf`; in the reporting currency. */
export function mrrByDay({ entries, currency, timeZone }: Books, stretch: Stretch): DayPoint[] {
  const own = entries.filter((entry) => entry.currency === currency);
  return daysOf(stretch, timeZone).map(({ day, end }) => {
    const at = end === stretch.end ? stretch.asOf : end - 1;
    return { day, value: total(standing('mrr', own, at)) };
  });
}

/** Gross revenue − refunds − disputes lost of each day, in the reporting currency. */
export function netRevenueByDay({ entries, currency, timeZone }: Books, stretch: Stretch): DayPoint[] {
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

function total(entries: readonly Entry[]): number {
  return entries.reduce((sum, { amount }) => sum + amount, 0);
}
