import { planName } from '../domain/company.ts';
import type { Value } from '../domain/figure-value.ts';
import { stockByScope } from '../domain/revenue-breakdown.ts';
import { type SubscriptionKey, subscriptionFigures } from '../domain/subscription-figures.ts';
import type { View } from '../domain/sums.ts';
import { readCancelOptions, readPlanChanges } from '../store/happenings.ts';
import { answer, type FigureNames, type Frame, nameFigures } from './frame.ts';
import type { ReportMaker } from './question.ts';
import { cancelOptionTable, planChangeTable, planMixTable } from './subscription-tables.ts';
import { loadScopes, loadViews } from './views.ts';

const names: FigureNames<SubscriptionKey> = {
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
export const subscriptionsReport: ReportMaker = (question, sources) =>
  answer('subscriptions', question, sources, async (frame) => {
    const { client, period, catalogue } = frame;
    const name = (planId: string) => planName(planId, catalogue);
    const views = await loadViews(frame);
    const figures = nameFigures(names, await figuresOf(frame, views.now), await figuresOf(frame, views.before));
    const mix = stockByScope('plan', 'active_subscriptions', await loadScopes(frame, 'plan'));
    const within = { ...question, span: period };
    return {
      figures,
      tables: [
        planMixTable(mix, name),
        planChangeTable(await readPlanChanges(client, within), name),
        cancelOptionTable(await readCancelOptions(client, within)),
      ],
      series: [],
    };
  });

async function figuresOf(frame: Frame, view: View): Promise<Record<SubscriptionKey, Value>> {
  const { client, question, catalogue } = frame;
  const changes = await readPlanChanges(client, { ...question, span: view.stretch });
  const plans = new Map(catalogue.plans.map((plan) => [plan.id, plan]));
  return subscriptionFigures(view, { changes, plans });
}
