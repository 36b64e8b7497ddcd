import { inCurrency, ratio, type Value } from './figure-value.ts';
import type { Amounts, Flow } from './measures.ts';
import { amountIn, byCurrency, countOf, type View } from './sums.ts';

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

/** What came in and went back within a stretch of time, and what became of the payments. */
export function cashFigures({ sums: { flows }, currency }: View): Record<CashKey, Value> {
  const money = (flow: Flow) => inCurrency(byCurrency(flows, flow), currency);
  const count = (flow: Flow) => countOf(flows, flow);
  const [succeeded, failed] = [count('payments_succeeded'), count('payments_failed')];
  const gross = amountIn(flows, currency, 'gross_revenue');
  const net = new Map([...flows].map(([one, amounts]) => [one, netRevenue(amounts)]));
  return {
    gross_revenue: money('gross_revenue'),
    refunds: money('refunds'),
    disputes_lost: money('disputes_lost'),
    net_revenue: inCurrency(new Map([...net].filter(([, amount]) => amount !== 0)), currency),
    after_fees: money('after_fees'),
    payments_succeeded: { value: succeeded },
    payments_failed: { value: failed },
    payments_pending: { value: count('payments_pending') },
    payments_recovered: { value: count('payments_recovered') },
    payment_success_rate: ratio(succeeded, succeeded + failed, 'no payment succeeded or failed in this period'),
    refund_rate: ratio(amountIn(flows, currency, 'refunds'), gross, `no ${currency} revenue in this period`),
    dispute_rate: ratio(count('disputes_opened'), succeeded, 'no payment succeeded in this period'),
  };
}

/** What is left of gross revenue without refunds and lost disputes. */
export function netRevenue({ gross_revenue = 0, refunds = 0, disputes_lost = 0 }: Amounts<Flow>): number {
  return gross_revenue - refunds - disputes_lost;
}
