import type { Books } from './books.ts';
import type { Stretch } from './calendar.ts';
import { add, inCurrency, ratio, scale, type Value } from './figure-value.ts';
import type { Entry, Flow } from './ledger.ts';
import { flowing, type Sums, sumBy } from './totals.ts';

export type CashKey =
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

const byCurrency = (entry: Entry) => entry.currency;
const all = () => 'all';

/** What came in and went back within a stretch of time, and what became of the payments. */
export function cashFigures({ entries, currency }: Books, stretch: Stretch): Record<CashKey, Value> {
  const flow = (measure: Flow) => sumBy(flowing(measure, entries, stretch), byCurrency);
  const count = (measure: Flow) => sumBy(flowing(measure, entries, stretch), all).get('all') ?? 0;
  const money = (sums: Sums) => inCurrency(sums, currency);

  const [gross, refunds, lost] = [flow('gross_revenue'), flow('refunds'), flow('disputes_lost')];
  const [succeeded, failed] = [count('payments_succeeded'), count('payments_failed')];
  return {
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
