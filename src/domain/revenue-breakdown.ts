import type { Books } from './books.ts';
import { type Day, daysOf, type Stretch } from './calendar.ts';
import type { Instant } from './facts.ts';
import { compareText } from './figure-value.ts';
import type { Entry, Flow } from './ledger.ts';
import { flowing, standing, sumBy } from './totals.ts';

export type DayPoint = { day: Day; value: number };

/** MRR at the end of each day of the stretch, the last as at `asOf`; in the reporting currency. */
export function mrrByDay({ entries, currency, timeZone }: Books, stretch: Stretch): DayPoint[] {
  const own = standing('mrr', entries, stretch.asOf).filter((entry) => entry.currency === currency);
  const changes = sumByDay(own, stretch, timeZone);
  let value = total(own.filter(({ at }) => at < stretch.start));
  return changes.map((change) => {
    value += change.value;
    return { day: change.day, value };
  });
}

/** Gross revenue − refunds − disputes lost of each day, in the reporting currency. */
export function netRevenueByDay({ entries, currency, timeZone }: Books, stretch: Stretch): DayPoint[] {
  const own = entries.filter((entry) => entry.currency === currency);
  const byDay = (measure: Flow) => sumByDay(flowing(measure, own, stretch), stretch, timeZone);
  const [refunds, lost] = [byDay('refunds'), byDay('disputes_lost')];
  return byDay('gross_revenue').map(({ day, value }, i) => ({
    day,
    value: value - (refunds[i]?.value ?? 0) - (lost[i]?.value ?? 0),
  }));
}

/** What the entries of each day of a stretch add up to; entries before it are left out. */
function sumByDay(entries: readonly Entry[], stretch: Stretch, timeZone: string): DayPoint[] {
  const days = daysOf(stretch, timeZone).map(({ day, start }) => ({ day, start, value: 0 }));
  for (const { at, amount } of entries) {
    const day = days[lastStartedBy(at, days)];
    if (day !== undefined) day.value += amount;
  }
  return days.map(({ day, value }) => ({ day, value }));
}

/** The index of the last day that had started at an instant, found by halving; -1 before the first. */
function lastStartedBy(at: Instant, days: readonly { start: Instant }[]): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle]?.start ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
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
