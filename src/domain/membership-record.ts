import type { Dispute, Instant, Membership, MembershipChange, Payment, Plan, Refund, StatusSighting } from './facts.ts';
import { type OnSpan, onSpans } from './membership-spans.ts';
import { scaleMinor } from './money.ts';
import { type PriceEvent, priceEvents, recurs } from './pricing.ts';
import { statusCourses } from './status-courses.ts';

/** All that is known of one customer, a Whop user in one company. */
export type CustomerFacts = {
  memberships: readonly Membership[];
  changes: readonly MembershipChange[];
  sightings: readonly StatusSighting[];
  payments: readonly Payment[];
  refunds: readonly Refund[];
  disputes: readonly Dispute[];
};

/** What customers are judged by besides their own facts. */
export type Terms = { plans: ReadonlyMap<string, Plan>; reportingCurrency: string };

/** What one membership is worth a month from `at` on, in minor units of its currency; 0 while it is off. */
export type MembershipStep = {
  at: Instant;
  membershipId: string;
  currency: string;
  planId: string;
  amountMinor: number;
};

/** One membership with all that follows from its facts. */
export type MembershipRecord = {
  membership: Membership;
  /** The plan that it is on: its own, else that of its last price, else of its last payment. */
  planId: string | null;
  /** Undefined where nothing tells of that plan. */
  plan: Plan | undefined;
  /** The statuses that it was seen in, oldest first. */
  sightings: readonly StatusSighting[];
  payments: readonly Payment[];
  spans: readonly OnSpan[];
  steps: readonly MembershipStep[];
};

/** Each membership of a customer, also one that only payments name, in the order of their ids. */
export function membershipRecords(customer: CustomerFacts, terms: Terms): MembershipRecord[] {
  return membershipIds(customer).map((id) => membershipRecord(id, customer, terms));
}

function membershipIds({ memberships, payments }: CustomerFacts): string[] {
  const paidFor = payments.flatMap((payment) => payment.membershipId ?? []);
  return [...new Set([...memberships.map(({ id }) => id), ...paidFor])].sort();
}

function membershipRecord(id: string, customer: CustomerFacts, terms: Terms): MembershipRecord {
  const membership = customer.memberships.find((one) => one.id === id) ?? unknownMembership(id);
  const payments = customer.payments.filter((payment) => payment.membershipId === id).sort(byId);
  const changes = customer.changes.filter((change) => change.membershipId === id);
  const prices = priceEvents(membership, payments, terms.plans, terms.reportingCurrency);
  const planId = membership.planId ?? prices.at(-1)?.planId ?? payments.at(-1)?.planId ?? null;
  const plan = terms.plans.get(planId ?? '');
  const spans = onSpans({ membership, changes, payments, recurring: recurs(plan) });
  const steps = spans.flatMap((span) => stepsWithin(span, prices, id, terms.reportingCurrency));
  const sightings = customer.sightings.filter((seen) => seen.membershipId === id).sort(bySighting);
  return { membership, planId, plan, sightings, payments, spans, steps };
}

function byId(a: Payment, b: Payment): number {
  return a.id < b.id ? -1 : 1;
}

/** Of two at the same time the later in life comes last. */
function bySighting(a: StatusSighting, b: StatusSighting): number {
  const course = statusCourses.membership;
  return a.at - b.at || course.indexOf(a.status) - course.indexOf(b.status);
}

function stepsWithin(span: OnSpan, prices: readonly PriceEvent[], id: string, reporting: string): MembershipStep[] {
  const during = prices.filter((price) => price.at < span.end);
  const standing = during.findLast((price) => price.at <= span.start);
  const later = during.filter((price) => price.at > span.start);
  const steps: MembershipStep[] = [];
  let current: MembershipStep | null = null;
  for (const price of standing ? [{ ...standing, at: span.start }, ...later] : later) {
    const step: MembershipStep = { membershipId: id, at: price.at, planId: price.planId, ...counted(price, reporting) };
    if (current && isSamePrice(current, step)) continue;
    if (current && current.currency !== step.currency) steps.push({ ...current, at: price.at, amountMinor: 0 });
    steps.push(step);
    current = step;
  }
  if (current && span.end !== Number.POSITIVE_INFINITY) steps.push({ ...current, at: span.end, amountMinor: 0 });
  return steps;
}

/** A renewal at the same price changes nothing. */
function isSamePrice(a: MembershipStep, b: MembershipStep): boolean {
  return a.planId === b.planId && a.currency === b.currency && a.amountMinor === b.amountMinor;
}

/** In the reporting currency where there is a rate, else as it was paid; each converted amount is rounded by itself. */
function counted(price: PriceEvent, reporting: string): { currency: string; amountMinor: number } {
  return price.rate === null
    ? { currency: price.currency, amountMinor: price.monthlyMinor }
    : { currency: reporting, amountMinor: scaleMinor(price.monthlyMinor, price.rate) };
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
