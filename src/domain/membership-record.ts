import type { Dispute, Instant, Membership, MembershipChange, Payment, Plan, Refund, StatusSighting } from './facts.ts';
import { type OnSpan, onSpans } from './membership-spans.ts';
import { scaleMinor } from './money.ts';
import { type PaidPayment, type PriceEvent, paidOf, priceEvents, recurs } from './pricing.ts';
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
  /** Those that succeeded, by when they were paid. */
  paid: readonly PaidPayment[];
  spans: readonly OnSpan[];
  steps: readonly MembershipStep[];
};

/** Each membership of a customer, also one that only payments name, in the order of their ids. */
export function membershipRecords(customer: CustomerFacts, terms: Terms): MembershipRecord[] {
  return membershipIds(customer).map((id) => membershipRecord(id, customer, terms));
}

function membershipIds({ memberships, payments }: CustomerFacts): string[] {
  const ids = new Set(memberships.map(({ id }) => id));
  for (const { membershipId } of payments) if (membershipId !== null) ids.add(membershipId);
  return [...ids].sort();
}

function membershipRecord(id: string, customer: CustomerFacts, terms: Terms): MembershipRecord {
  const membership = customer.memberships.find((one) => one.id === id) ?? unknownMembership(id);
  const payments = customer.payments.filter((payment) => payment.membershipId === id).sort(byId);
  const changes = customer.changes.filter((change) => change.membershipId === id);
  const paid = paidOf(payments);
  const prices = priceEvents(membership, paid, terms.plans, terms.reportingCurrency);
  const planId = membership.planId ?? prices.at(-1)?.planId ?? payments.at(-1)?.planId ?? null;
  const plan = terms.plans.get(planId ?? '');
  const spans = onSpans({ membership, changes, payments, recurring: recurs(plan) });
  const steps = spans.flatMap((span) => stepsWithin(span, prices, id, terms.reportingCurrency));
  const sightings = customer.sightings.filter((seen) => seen.membershipId === id).sort(bySighting);
  return { membership, planId, plan, sightings, payments, paid, spans, steps };
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
  const standing = prices.findLast(({ at }) => at <= span.start);
  const later = prices.filter(({ at }) => span.start < at && at < span.end);
  const steps: MembershipStep[] = [];
  let current: MembershipStep | null = null;
  for (const price of standing ? [{ ...standing, at: span.start }, ...later] : later) {
    const worth = worthOf(price, reporting);
    if (current && isSame(current, worth)) continue;
    if (current && current.currency !== worth.currency) steps.push({ ...current, at: price.at, amountMinor: 0 });
    current = { membershipId: id, at: price.at, ...worth };
    steps.push(current);
  }
  if (current && span.end !== Number.POSITIVE_INFINITY) steps.push({ ...current, at: span.end, amountMinor: 0 });
  return steps;
}

type Worth = Pick<MembershipStep, 'planId' | 'currency' | 'amountMinor'>;

/** A renewal at the same price changes nothing. */
function isSame(a: Worth, b: Worth): boolean {
  return a.planId === b.planId && a.currency === b.currency && a.amountMinor === b.amountMinor;
}

/** In the reporting currency where there is a rate, else as it was paid; each converted amount is rounded by itself. */
function worthOf({ planId, currency, monthlyMinor, rate }: PriceEvent, reporting: string): Worth {
  return rate === null
    ? { planId, currency, amountMinor: monthlyMinor }
    : { planId, currency: reporting, amountMinor: scaleMinor(monthlyMinor, rate) };
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
