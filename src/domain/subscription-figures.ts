import type { Plan } from './facts.ts';
import type { Value } from './figure-value.ts';
import type { Flow } from './measures.ts';
import { isUpgrade, type PlanChangeCount } from './plan-changes.ts';
import { countOf, peopleOf, type View } from './sums.ts';

export type SubscriptionKey =
  | 'active_subscriptions'
  | 'trials_started'
  | 'trials_converted'
  | 'trials_lost'
  | 'trials_pending'
  | 'trial_conversion_rate'
  | 'cancellations_scheduled'
  | 'cancellations'
  | 'churned_voluntary'
  | 'churned_involuntary'
  | 'upgrades'
  | 'downgrades';

type Changes = { changes: readonly PlanChangeCount[]; plans: ReadonlyMap<string, Plan> };

/** Recurring memberships: how many are on, what became of trials, who left and who changed the plan. */
export function subscriptionFigures(
  { sums: { closing, flows } }: View,
  { changes, plans }: Changes,
): Record<SubscriptionKey, Value> {
  const count = (flow: Flow) => ({ value: countOf(flows, flow) });
  const involuntary = countOf(flows, 'churned_involuntary');
  return {
    active_subscriptions: { value: peopleOf(closing, 'active_subscriptions') },
    trials_started: count('trials_started'),
    trials_converted: count('trials_converted'),
    trials_lost: count('trials_lost'),
    trials_pending: count('trials_pending'),
    trial_conversion_rate: conversionRate(countOf(flows, 'trials_started'), countOf(flows, 'trials_converted')),
    cancellations_scheduled: count('cancellations_scheduled'),
    cancellations: count('cancellations'),
    churned_voluntary: { value: countOf(flows, 'churn_customers') - involuntary },
    churned_involuntary: { value: involuntary },
    upgrades: { value: customersOf(changes.filter((change) => isUpgrade(change, plans) === true)) },
    downgrades: { value: customersOf(changes.filter((change) => isUpgrade(change, plans) === false)) },
  };
}

/** A share of fewer trials than these says nothing. */
const fewestTrials = 10;

function conversionRate(started: number, converted: number): Value {
  if (started >= fewestTrials) return { value: converted / started };
  return { value: null, unavailable: `${started} trials started, ${fewestTrials} needed for a rate` };
}

function customersOf(changes: readonly PlanChangeCount[]): number {
  return changes.reduce((sum, { customers }) => sum + customers, 0);
}
