import { inCurrency, ratio, type Value } from './figure-value.ts';
import type { DayFlow, Stock } from './measures.ts';
import { divideMinor } from './money.ts';
import { amountIn, byCurrency, peopleOf, type View } from './sums.ts';

export type RecurringKey =
  | 'mrr'
  | 'arr'
  | 'committed_mrr'
  | 'mrr_past_due'
  | 'trial_mrr'
  | 'paying_customers'
  | 'arpu'
  | 'ltv'
  | 'opening_mrr'
  | 'new_mrr'
  | 'expansion_mrr'
  | 'contraction_mrr'
  | 'churn_mrr'
  | 'reactivation_mrr'
  | 'customer_churn_rate'
  | 'grr'
  | 'nrr'
  | 'quick_ratio';

/** What recurs: stocks as at the stretch's `asOf`, movements within it. */
export function recurringFigures(view: View): Record<RecurringKey, Value> {
  const { currency, sums } = view;
  const mrr = byCurrency(sums.closing, 'mrr');
  return {
    mrr: inCurrency(mrr, currency),
    arr: inCurrency(new Map([...mrr].map(([one, amount]) => [one, amount * 12])), currency),
    ...statesOfNow(view),
    paying_customers: { value: peopleOf(sums.closing, 'paying_customers') },
    arpu: arpu(view),
    ltv: lifetimeValue(view),
    opening_mrr: inCurrency(byCurrency(sums.opening, 'mrr'), currency),
    ...movementFigures(view),
    ...retentionFigures(view),
  };
}

/** Whop's clock may be ahead of ours by as much as its signatures may. */
const clockSkewMs = 5 * 60 * 1000;

type StateOfNow = 'committed_mrr' | 'mrr_past_due' | 'trial_mrr';

/** What follows from how memberships are just now: Whop's facts don't tell how they were before. */
function statesOfNow({ sums, stretch, currency, now, membershipsAsOf }: View): Record<StateOfNow, Value> {
  const isEarlier = stretch.asOf < now || (membershipsAsOf ?? stretch.asOf) > stretch.asOf + clockSkewMs;
  const earlier = { value: null, unavailable: 'Whop tells it only as of now, not for an earlier time' };
  const standing = (stock: Stock) => (isEarlier ? earlier : inCurrency(byCurrency(sums.closing, stock), currency));
  return {
    committed_mrr: standing('committed_mrr'),
    mrr_past_due: standing('mrr_past_due'),
    trial_mrr: standing('trial_mrr'),
  };
}

function arpu({ sums: { closing }, currency }: View): Value {
  const payers = amountIn(closing, currency, 'paying_customers');
  const value = divideMinor(amountIn(closing, currency, 'mrr'), payers);
  return value === null ? { value, unavailable: `nobody pays in ${currency} at this time` } : { value };
}

/** The least complete months with customers at their start that a mean churn rate is taken of. */
const leastMonths = 3;

/** ARPU / mean monthly customer churn rate. */
function lifetimeValue(view: View): Value {
  const perCustomer = arpu(view);
  if (perCustomer.value === null) return perCustomer;
  const rates = view.monthlyChurnRates;
  if (rates.length < leastMonths) {
    return { value: null, unavailable: `not enough data: ${rates.length} complete months, ${leastMonths} needed` };
  }
  const lost = rates.reduce((sum, rate) => sum + rate, 0);
  if (lost === 0) return { value: null, unavailable: 'nobody left in the last complete months' };
  return { value: Math.round((perCustomer.value * rates.length) / lost) };
}

type MovementKey = 'new_mrr' | 'expansion_mrr' | 'contraction_mrr' | 'churn_mrr' | 'reactivation_mrr' | 'quick_ratio';

function movementFigures({ sums: { flows }, currency }: View): Record<MovementKey, Value> {
  const money = (flow: DayFlow) => inCurrency(byCurrency(flows, flow), currency);
  const own = (flow: DayFlow) => amountIn(flows, currency, flow);
  return {
    new_mrr: money('new_mrr'),
    expansion_mrr: money('expansion_mrr'),
    contraction_mrr: money('contraction_mrr'),
    churn_mrr: money('churn_mrr'),
    reactivation_mrr: money('reactivation_mrr'),
    quick_ratio: ratio(own('new_mrr') + own('expansion_mrr'), own('contraction_mrr') + own('churn_mrr'), 'no losses'),
  };
}

type RetentionKey = 'customer_churn_rate' | 'grr' | 'nrr';

/** Of the customers at the start, and of their MRR, what is left without (GRR) and with (NRR) what they added. */
function retentionFigures({ sums: { opening, kept }, currency }: View): Record<RetentionKey, Value> {
  const customers = peopleOf(opening, 'paying_customers');
  const mrr = amountIn(opening, currency, 'mrr');
  const none = `nobody paid in ${currency} at the start of this period`;
  return {
    customer_churn_rate: ratio(peopleOf(kept, 'lost_customers'), customers, 'nobody paid at the start of this period'),
    grr: ratio(mrr - amountIn(kept, currency, 'mrr_loss'), mrr, none),
    nrr: ratio(mrr + amountIn(kept, currency, 'mrr_change'), mrr, none),
  };
}
