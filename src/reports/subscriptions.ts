import type { Books } from '../domain/books.ts';
import type { Stretch } from '../domain/calendar.ts';
import { churnKinds } from '../domain/churn-kinds.ts';
import { planName } from '../domain/company.ts';
import type { Plan } from '../domain/facts.ts';
import type { Value } from '../domain/figure-value.ts';
import { isUpgrade, planChanges } from '../domain/plan-changes.ts';
import { cancelOptions, planMix, type SubscriptionKey, subscriptionFigures } from '../domain/subscription-figures.ts';
import { type FigureNames, frameReport, loadFrame, nameFigures } from './frame.ts';
import type { ReportMaker } from './question.ts';
import { cancelOptionTable, planChangeTable, planMixTable } from './subscription-tables.ts';

type Key = SubscriptionKey | 'churned_voluntary' | 'churned_involuntary' | 'upgrades' | 'downgrades';

const names: FigureNames<Key> = {
  active_subscriptions: { label: 'Active subscriptions', unit: 'count' },
  trials_started: { label: 'Trials started', unit: 'count' },
  trials_converted: { label: 'Trials converted', unit: 'count' },
  trials_lost: { label: 'Trials lost', unit: 'count' },
  trials_pending: { label: 'Trials pending', unit: 'count' },
  trial_conversion_rate: { label: 'Trial conversion rate', unit: 'ratio' },
  cancellations_scheduled: { label: 'Cancellations scheduled', unit: 'count' },
  cancellations: { label: 'Cancellations', unit: 'count' },
  churned_voluntary: { label: 'Churned voluntarily', unit: 'count' },
  churned_involuntary: { label: 'Churned involuntarily', unit: 'count' },
  upgrades: { label: 'Upgrades', unit: 'count' },
  downgrades: { label: 'Downgrades', unit: 'count' },
};

/** Recurring memberships: trials, plan changes and why people leave. */
export const subscriptionsReport: ReportMaker = async (question, sources) => {
  const frame = await loadFrame(question, sources);
  const { books, period, facts } = frame;
  const plans = new Map(facts.plans.map((plan) => [plan.id, plan]));
  const name = (planId: string) => planName(planId, facts);
  return frameReport('subscriptions', question, frame, {
    figures: nameFigures(names, figuresOf(books, plans, period), figuresOf(books, plans, period.previous)),
    tables: [
      planMixTable(planMix(books, period), name),
      planChangeTable(planChanges(books, period), name),
      cancelOptionTable(cancelOptions(books, period)),
    ],
    series: [],
  });
};

function figuresOf(books: Books, plans: ReadonlyMap<string, Plan>, stretch: Stretch): Record<Key, Value> {
  const { voluntary, involuntary } = churnKinds(books, stretch);
  const changes = planChanges(books, stretch);
  const count = (upgrade: boolean) =>
    changes.filter((change) => isUpgrade(change, plans) === upgrade).reduce((sum, { customers }) => sum + customers, 0);
  return {
    ...subscriptionFigures(books, stretch),
    churned_voluntary: { value: voluntary },
    churned_involuntary: { value: involuntary },
    upgrades: { value: count(true) },
    downgrades: { value: count(false) },
  };
}
