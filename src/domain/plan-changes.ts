import type { Books, CustomerBook } from './books.ts';
import type { Span } from './calendar.ts';
import type { Plan } from './facts.ts';
import { compareText } from './figure-value.ts';
import { groupBy } from './group-by.ts';
import { scaleMinor } from './money.ts';
import { paymentsPerMonth, recurs } from './pricing.ts';

export type PlanChange = { fromPlanId: string; toPlanId: string };
export type PlanChangeCount = PlanChange & { customers: number };

/** Which plans customers left for which others within a span; each customer counts once a pair. */
export function planChanges({ customers }: Books, span: Span): PlanChangeCount[] {
  const pairs = customers.flatMap((customer) => {
    const own = changesOf(customer, span).map(({ fromPlanId, toPlanId }) => `${fromPlanId} ${toPlanId}`);
    return [...new Set(own)];
  });
  return [...groupBy(pairs, (pair) => pair)]
    .map(([pair, { length }]) => {
      const [fromPlanId = '', toPlanId = ''] = pair.split(' ');
      return { fromPlanId, toPlanId, customers: length };
    })
    .sort((a, b) => b.customers - a.customers || compareText(keyOf(a), keyOf(b)));
}

/** Whether the new plan's monthly list price is above the old one's; null where they can't be compared. */
export function isUpgrade({ fromPlanId, toPlanId }: PlanChange, plans: ReadonlyMap<string, Plan>): boolean | null {
  const [from, to] = [listPrice(plans.get(fromPlanId)), listPrice(plans.get(toPlanId))];
  if (from === null || to === null || from.currency !== to.currency || from.monthly === to.monthly) return null;
  return to.monthly > from.monthly;
}

/** One plan gone and another come at the same moment: on one membership, or bridged from one to the next. */
function changesOf({ timeline }: CustomerBook, { start, end }: Span): PlanChange[] {
  return [...timeline.values()].flatMap((states) =>
    states.flatMap((state, i) => {
      if (state.at < start || state.at >= end) return [];
      const before = states[i - 1]?.byPlan ?? new Map<string, number>();
      const left = [...before.keys()].filter((planId) => !state.byPlan.has(planId));
      const come = [...state.byPlan.keys()].filter((planId) => !before.has(planId));
      return left.flatMap((fromPlanId) => come.map((toPlanId) => ({ fromPlanId, toPlanId })));
    }),
  );
}

function listPrice(plan: Plan | undefined): { monthly: number; currency: string } | null {
  if (!recurs(plan) || plan.renewalPriceMinor === null || plan.currency === null) return null;
  const monthly = scaleMinor(plan.renewalPriceMinor, paymentsPerMonth(plan.billingPeriodDays));
  return { monthly, currency: plan.currency };
}

function keyOf({ fromPlanId, toPlanId }: PlanChange): string {
  return `${fromPlanId} ${toPlanId}`;
}
