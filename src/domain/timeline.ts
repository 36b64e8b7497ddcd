import type { Instant } from './facts.ts';
import { groupBy } from './group-by.ts';
import type { MembershipRecord, MembershipStep } from './membership-record.ts';

/** The customer's MRR from `at` on, by plan, in minor units of one currency. Plans of 0 are left out. */
export type MrrState = { at: Instant; byPlan: ReadonlyMap<string, number> };

/** By currency: the reporting currency where Whop gave a rate, else the currency that was paid. */
export type MrrTimeline = ReadonlyMap<string, readonly MrrState[]>;

/** A fall to zero that is followed by a rise within this time is a switch of plans, not churn. */
const bridgeMs = 24 * 60 * 60 * 1000;

/** The customer's monthly recurring revenue over time: a pure function of the facts, whatever their order. */
export function mrrTimeline(records: readonly MembershipRecord[]): MrrTimeline {
  const steps = records.flatMap((record) => record.steps).sort((a, b) => a.at - b.at);
  const timeline = new Map<string, MrrState[]>();
  for (const [currency, own] of groupBy(steps, (step) => step.currency)) timeline.set(currency, bridge(statesOf(own)));
  return timeline;
}

function statesOf(steps: readonly MembershipStep[]): MrrState[] {
  const current = new Map<string, MembershipStep>();
  const states: MrrState[] = [];
  for (const [at, together] of groupBy(steps, (step) => step.at)) {
    for (const step of together) current.set(step.membershipId, step);
    states.push({ at, byPlan: sumByPlan(current.values()) });
  }
  return states;
}

function sumByPlan(steps: Iterable<MembershipStep>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { planId, amountMinor } of steps) {
    if (amountMinor !== 0) sums.set(planId, (sums.get(planId) ?? 0) + amountMinor);
  }
  return sums;
}

/** Leaves out each fall to zero that a rise follows in time: until the rise the old MRR counts. */
function bridge(states: readonly MrrState[]): MrrState[] {
  const kept: MrrState[] = [];
  states.forEach((state, i) => {
    const fell = totalOf(state) === 0 && totalOf(kept.at(-1)) > 0;
    const rise = fell ? states.find((later, j) => j > i && totalOf(later) > 0) : undefined;
    if (rise === undefined || rise.at - state.at > bridgeMs) kept.push(state);
  });
  return kept;
}

/** The part of a timeline that is of one plan. */
export function statesOn(timeline: MrrTimeline, planId: string | null): MrrTimeline {
  const onPlan = new Map<string, MrrState[]>();
  for (const [currency, states] of timeline) {
    const own = states.map((state) => stateOn(state, planId ?? ''));
    if (own.some(({ byPlan }) => byPlan.size > 0)) onPlan.set(currency, own);
  }
  return onPlan;
}

function stateOn({ at, byPlan }: MrrState, planId: string): MrrState {
  const amount = byPlan.get(planId);
  return { at, byPlan: amount === undefined ? new Map() : new Map([[planId, amount]]) };
}

export function totalOf(state: MrrState | undefined): number {
  let total = 0;
  for (const amount of state?.byPlan.values() ?? []) total += amount;
  return total;
}
