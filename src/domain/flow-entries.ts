import type { Dispute, Instant, Payment, Refund } from './facts.ts';
import type { Amounts, Flow } from './measures.ts';
import type { CustomerFacts, MembershipRecord, Terms } from './membership-record.ts';
import { scaleMinor, whole } from './money.ts';
import { planSwitches } from './plan-changes.ts';
import { failed, hasUnknownTerm, type PaidPayment, rateOf, succeeded, totalOf } from './pricing.ts';
import { recurringEntries } from './subscription-entries.ts';
import type { MrrTimeline } from './timeline.ts';

export const flowKinds = ['payment', 'refund', 'dispute', 'trial', 'scheduled', 'ended', 'plan_change'] as const;
type FlowKind = (typeof flowKinds)[number];

/** Something that happened once, at an instant, and what it adds to which flows. */
export type FlowEntry = {
  kind: FlowKind;
  /** Of the payment, refund, dispute or membership; of a change of plans, the plan that was left. */
  sourceId: string;
  at: Instant;
  /** Null where it is of no plan; of a change of plans, the new one. */
  planId: string | null;
  /** Of the money in `amounts`; '' where there is none. */
  currency: string;
  amounts: Amounts<Flow>;
  /** The currency of a payment that succeeded, as it was paid; null for all else. */
  paidIn: string | null;
  /** Why a membership was or will be left, as chosen from Whop's list; null for all that is no cancellation. */
  cancelOption: string | null;
};

/** What most entries don't tell. */
export const untold = { paidIn: null, cancelOption: null } as const;

type Derived = {
  records: readonly MembershipRecord[];
  timeline: MrrTimeline;
  /** The payments whose own entries are wanted. */
  asked: readonly Payment[];
};

/** Everything that happened with one customer, but for payments that aren't asked for. */
export function flowEntries(customer: CustomerFacts, { records, timeline, asked }: Derived, terms: Terms): FlowEntry[] {
  const entries = cashEntries(customer, asked, terms);
  for (const record of records) entries.push(...recurringEntries(record));
  for (const { at, fromPlanId, toPlanId } of planSwitches(timeline)) {
    const change = { sourceId: fromPlanId, at, planId: toPlanId };
    entries.push({ kind: 'plan_change', ...change, currency: '', amounts: {}, ...untold });
  }
  return entries;
}

function cashEntries(customer: CustomerFacts, asked: readonly Payment[], terms: Terms): FlowEntry[] {
  const entries = [
    ...asked.map((payment) => paymentEntry(payment, contextOf(payment, customer, terms))),
    ...customer.refunds.map((refund) => refundEntry(refund, claimContext(refund, customer, terms))),
    ...customer.disputes.map((dispute) => disputeEntry(dispute, claimContext(dispute, customer, terms))),
  ];
  return entries.filter((entry) => entry !== null);
}

type CashContext = { payment: Payment | undefined; planId: string | null; terms: Terms };

function contextOf(payment: Payment | undefined, { memberships }: CustomerFacts, terms: Terms): CashContext {
  const planId = payment?.planId ?? memberships.find(({ id }) => id === payment?.membershipId)?.planId ?? null;
  return { payment, planId, terms };
}

/** That of the payment which is claimed back. */
function claimContext({ paymentId }: Refund | Dispute, customer: CustomerFacts, terms: Terms): CashContext {
  const claimed = customer.payments.find(({ id }) => id === paymentId);
  return contextOf(claimed, customer, terms);
}

type Happening = { kind: FlowKind; sourceId: string; at: Instant | null };

function paymentEntry(payment: Payment, context: CashContext): FlowEntry | null {
  if (succeeded(payment)) return paidEntry(payment, context);
  if (payment.status === 'void') return null;
  const { id: sourceId, createdAt, lastAttemptAt } = payment;
  return failed(payment)
    ? counted({ kind: 'payment', sourceId, at: lastAttemptAt ?? createdAt }, { payments_failed: 1 }, context)
    : counted({ kind: 'payment', sourceId, at: createdAt }, { payments_pending: 1 }, context);
}

function paidEntry(payment: PaidPayment, context: CashContext): FlowEntry {
  const { id: sourceId, paidAt: at, currency: paidIn, amountAfterFeesMinor } = payment;
  const { planId, terms } = context;
  const total = totalOf(payment);
  const money = [['gross_revenue', total] as const, ['after_fees', amountAfterFeesMinor] as const];
  const { currency, amounts } = inCounted(paidIn, money, context);
  amounts.payments_succeeded = 1;
  if ((payment.failedAttempts ?? 0) > 0) amounts.payments_recovered = 1;
  if (total === null || paidIn === null) amounts.payments_of_unknown_amount = 1;
  if (hasUnknownTerm(payment, terms.plans.get(planId ?? ''))) amounts.payments_of_unknown_term = 1;
  return { kind: 'payment', sourceId, at, planId, currency, amounts, ...untold, paidIn };
}

function refundEntry(refund: Refund, context: CashContext): FlowEntry | null {
  if (refund.status !== 'succeeded') return null;
  const money = inCounted(refund.currency, [['refunds', refund.amountMinor]], context);
  return entry({ kind: 'refund', sourceId: refund.id, at: refund.createdAt }, money, context);
}

function disputeEntry(dispute: Dispute, context: CashContext): FlowEntry | null {
  if (dispute.status?.startsWith('warning_')) return null;
  const lostMinor = dispute.status === 'lost' ? dispute.amountMinor : null;
  const { currency, amounts } = inCounted(dispute.currency, [['disputes_lost', lostMinor]], context);
  amounts.disputes_opened = 1;
  return entry({ kind: 'dispute', sourceId: dispute.id, at: dispute.createdAt }, { currency, amounts }, context);
}

type Counted = { currency: string; amounts: Partial<Record<Flow, number>> };

/** Converted at the rate of its payment where that has one and is in the same currency, else as it is. */
function inCounted(
  currency: string | null,
  amountsMinor: readonly (readonly [Flow, number | null])[],
  { payment, terms: { reportingCurrency } }: CashContext,
): Counted {
  if (currency === null) return { currency: '', amounts: {} };
  const own = currency === reportingCurrency ? whole : null;
  const rate = payment?.currency === currency ? rateOf(payment, reportingCurrency) : own;
  const amounts: Counted['amounts'] = {};
  for (const [flow, amountMinor] of amountsMinor) {
    const amount = rate === null ? amountMinor : scaleMinor(amountMinor ?? 0, rate);
    if (amount) amounts[flow] = amount;
  }
  return { currency: rate === null ? currency : reportingCurrency, amounts };
}

function counted(happening: Happening, amounts: Amounts<Flow>, context: CashContext): FlowEntry | null {
  return entry(happening, { currency: '', amounts }, context);
}

/** None of what has no time, or adds nothing. */
function entry(happening: Happening, { currency, amounts }: Counted, { planId }: CashContext): FlowEntry | null {
  const { kind, sourceId, at } = happening;
  if (at === null || Object.keys(amounts).length === 0) return null;
  return { kind, sourceId, at, planId, currency, amounts, ...untold };
}
