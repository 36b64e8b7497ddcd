import type { Instant, Plan } from './facts.ts';
import { scaleMinor } from './money.ts';
import { paymentsPerMonth, recurs } from './pricing.ts';
import type { MrrTimeline } from './timeline.ts';

export type PlanChange = { fromPlanId: string; toPlanId: string };

/** How many customers left one plan for another; each counts once a pair. */
export type PlanChangeCount = PlanChange & { customers: number };

/** One plan gone and another come at the same moment: on one membership, or bridged from one to the next. */
export function planSwitches(timeline: MrrTimeline): (PlanChange & { at: Instant })[] {
  const switches: (PlanChange & { at: Instant })[] = [];
  for (const states of timeline.values()) {
    let before: ReadonlyMap<string, number> = new Map();
    for (const { at, byPlan } of states) {
      const come = keysOnlyIn(byPlan, before);
      for (const fromPlanId of keysOnlyIn(before, byPlan)) {
        for (const toPlanId of come) switches.push({ at, fromPlanId, toPlanId });
      }
      before = byPlan;
    }
  }
  return switches;
}

function keysOnlyIn(some: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): string[] {
  return [...some.keys()].filter((key) => !others.has(key));
}

/** Whether the new plan's monthly list price is above the old one's; null where they can't be compared. */
export function isUpgrade({ fromPlanId, toPlanId }: PlanChange, plans: ReadonlyMap<string, Plan>): boolean | null {
  const [from, to] = [listPrice(plans.get(fromPlanId)), listPrice(plans.get(toPlanId))];
  if (from === null || to === null || from.currency !== to.currency || from.monthly === to.monthly) return null;
  return to.monthly > from.monthly;
}

function listPrice(plan: Plan | undefined): { monthly: number; currency: string } | null {
  if (!recurs(plan) || plan.renewalPriceMinor === null || plan.currency === null) return null;
  const monthly = scaleMinor(plan.renewalPriceMinor, paymentsPerMonth(plan.billingPeriodDays));
  return { monthly, currency: plan.currency };
}
