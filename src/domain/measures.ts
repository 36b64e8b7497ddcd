/** What stands at an instant: the sum of its changes up to then. */
export const stocks = [
  'mrr',
  'committed_mrr',
  'mrr_past_due',
  'trial_mrr',
  'paying_customers',
  'members',
  'active_subscriptions',
] as const;
export type Stock = (typeof stocks)[number];

/** What happened at an instant: over a period the sum of what lies within it. */
export const flows = [
  'gross_revenue',
  'after_fees',
  'refunds',
  'disputes_lost',
  'disputes_opened',
  'payments_succeeded',
  'payments_recovered',
  'payments_failed',
  'payments_pending',
  'payments_of_unknown_term',
  'payments_of_unknown_amount',
  'trials_started',
  'trials_converted',
  'trials_lost',
  'trials_pending',
  'cancellations_scheduled',
  'cancellations',
] as const;
export type Flow = (typeof flows)[number];

/** What shows between the ends of two consecutive days: over a period the sum of its days. */
export const dayFlows = [
  'new_mrr',
  'new_customers',
  'expansion_mrr',
  'expansion_customers',
  'contraction_mrr',
  'contraction_customers',
  'churn_mrr',
  'churn_customers',
  'reactivation_mrr',
  'reactivation_customers',
  'churned_involuntary',
  'joined',
  'left',
] as const;
export type DayFlow = (typeof dayFlows)[number];

/** All that is summed by day. */
export const measures = [...stocks, ...flows, ...dayFlows] as const;
export type Measure = (typeof measures)[number];

/** What became, at one time, of the people who were there at another: whatever they pay in. */
export const keptPeople = [
  /** Customers who paid, and don't any more. */
  'lost_customers',
  /** People who were members, and aren't any more. */
  'lost_members',
] as const;

/** What became of what they paid, in one currency. */
export const keptMoney = [
  /** Over customers who paid: closing − opening MRR. */
  'mrr_change',
  /** Over customers who paid: what closing MRR is below the opening one. */
  'mrr_loss',
] as const;

export const keptMeasures = [...keptPeople, ...keptMoney] as const;
export type KeptMeasure = (typeof keptMeasures)[number];

/** What isn't named is 0. Money is in minor units of the currency that the amounts stand under. */
export type Amounts<M extends string> = Readonly<Partial<Record<M, number>>>;

/** By ISO 4217 code; counts of people, whatever they pay in, and what has no currency stand under ''. */
export type ByCurrency<M extends string> = ReadonlyMap<string, Amounts<M>>;

export function addAmounts<M extends string>(a: Amounts<M>, b: Amounts<M>): Amounts<M> {
  const sum: Partial<Record<M, number>> = { ...a };
  for (const measure of keysOf(b)) {
    const amount = (sum[measure] ?? 0) + (b[measure] ?? 0);
    if (amount === 0) delete sum[measure];
    else sum[measure] = amount;
  }
  return sum;
}

export function negated<M extends string>(amounts: Amounts<M>): Amounts<M> {
  const negative: Partial<Record<M, number>> = {};
  for (const measure of keysOf(amounts)) negative[measure] = -(amounts[measure] ?? 0);
  return negative;
}

export function keysOf<M extends string>(amounts: Amounts<M>): M[] {
  const keys: M[] = [];
  for (const key in amounts) keys.push(key);
  return keys;
}
