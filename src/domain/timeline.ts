import type { Instant, Membership, MembershipChange, Payment, Plan } from './facts.ts';
import { groupBy } from './group-by.ts';
import { type OnSpan, onSpans } from './membership-spans.ts';
import { scaleMinor } from './money.ts';
import { type PriceEvent, priceEvents, recurs } from './pricing.ts';

/** All that is known of one customer, a Whop user in one company. */
export type CustomerFacts = {
  memberships: readonly Membership[];
  changes: readonly MembershipChange[];
  payments: readonly Payment[];
};

/** What customers are judged by besides their own facts. */
export type Terms = { plans: ReadonlyMap<string, Plan>; reportingCurrency: string };

/** The customer's MRR from `at` on, by plan, in minor units of one currency. Plans of 0 are left out. */
export type MrrState = { at: Instant; byPlan: ReadonlyMap<string, number> };

/** By currency: the reporting currency where Whop gave a rate, else the currency that was paid. */
export type MrrTimeline = ReadonlyMap<string, readonly MrrState[]>;

/** A fall to zero that is followed by a rise within this time is a switch of plans, not churn. */
const bridgeMs = 24 * 60 * 60 * 1000;

type MembershipStep = { at: Instant; membershipId: string; currency: string; planId: string; amountMinor: number };

/** The customer's monthly recurring revenue over time: a pure function of the facts, whatever their order. */
export function mrrTimeline(customer: CustomerFacts, terms: Terms): MrrTimeline {
  const steps = membershipIds(customer)
    .flatMap((id) => membershipSteps(id, customer, terms))
    .sort((a, b) => a.at - b.at);
  const byCurrency = groupBy(steps, (step) => step.currency);
  return new Map([...byCurrency].map(([currency, own]) => [currency, bridge(statesOf(own))]));
}

function membershipIds({ memberships, payments }: CustomerFacts): string[] {
  const paidFor = payments.flatMap((payment) => payment.membershipId ?? []);
  return [...new Set([...memberships.map(({ id }) => id), ...paidFor])].sort();
}

/** What one membership is worth from each instant at which that changes; 0 while it is off. */
function membershipSteps(id: string, customer: CustomerFacts, terms: Terms): MembershipStep[] {
  const membership = customer.memberships.find((one) => one.id === id) ?? unknownMembership(id);
  const payments = customer.payments.filter((payment) => payment.membershipId === id);
  const prices = priceEvents(membership, payments, terms.plans, terms.reportingCurrency);
  if (prices.length === 0) return [];
  const changes = customer.changes.filter((change) => change.membershipId === id);
  const recurring = recurs(terms.plans.get(membership.planId ?? prices.at(-1)?.planId ?? ''));
  const spans = onSpans({ membership, changes, payments, recurring });
  return spans.flatMap((span) => stepsWithin(span, prices, id, terms.reportingCurrency));
}

function stepsWithin(span: OnSpan, prices: readonly PriceEvent[], id: string, reporting: string): MembershipStep[] {
  const during = prices.filter((price) => price.at < span.end);
  const standing = during.findLast((price) => price.at <= span.start);
  const later = during.filter((price) => price.at > span.start);
  const steps: MembershipStep[] = [];
  let current: MembershipStep | null = null;
  for (const price of standing ? [{ ...standing, at: span.start }, ...later] : later) {
    const step: MembershipStep = { membershipId: id, at: price.at, planId: price.planId, ...counted(price, reporting) };
    if (current && current.currency !== step.currency) steps.push({ ...current, at: price.at, amountMinor: 0 });
    steps.push(step);
    current = step;
  }
  if (current && span.end !== Number.POSITIVE_INFINITY) steps.push({ ...current, at: span.end, amountMinor: 0 });
  return steps;
}

/** In the reporting currency where there is a rate, else as it was paid; each converted amount is rounded by itself. */
function counted(price: PriceEvent, reporting: string): { currency: string; amountMinor: number } {
  return price.rate === null
    ? { currency: price.currency, amountMinor: price.monthlyMinor }
    : { currency: reporting, amountMinor: scaleMinor(price.monthlyMinor, price.rate) };
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

export function totalOf(state: MrrState | undefined): number {
  let total = 0;
  for (const amount of state?.byPlan.values() ?? []) total += amount;
  return total;
}

function unknownMembership(id: string): Membership {
  return {
    id,
    userId: null,
    planId: null,
    productId: null,
    status: null,
    createdAt: null,
    updatedAt: null,
    renewalPeriodStart: null,
    renewalPeriodEnd: null,
    canceledAt: null,
    cancelAtPeriodEnd: null,
    cancelOption: null,
    promoCodeId: null,
  };
}
