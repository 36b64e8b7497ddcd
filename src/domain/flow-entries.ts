import type { Dispute, Instant, Payment, Refund } from './facts.ts';
import type { Amounts, Flow } from './measures.ts';
import type { CustomerFacts, MembershipRecord, Terms } from './membership-record.ts';
import { scaleMinor, whole } from './money.ts';
import { planSwitches } from './plan-changes.ts';
import { failed, hasUnknownTerm, rateOf, succeeded, totalOf } from './pricing.ts';
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
  return [
    ...cashEntries(customer, asked, terms),
    ...records.flatMap(recurringEntries),
    ...planSwitches(timeline).map(
      ({ at, fromPlanId, toPlanId }): FlowEntry => ({
        ...{ kind: 'plan_change', sourceId: fromPlanId, at, planId: toPlanId },
        ...{ currency: '', amounts: {}, ...untold },
      }),
    ),
  ];
}

function cashEntries(
  { memberships, payments, refunds, disputes }: CustomerFacts,
  asked: readonly Payment[],
  terms: Terms,
): FlowEntry[] {
  const planOf = new Map(memberships.map(({ id, planId }) => [id, planId]));
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const contextOf = (payment: Payment | undefined): CashContext => ({
    payment,
    planId: payment?.planId ?? planOf.get(payment?.membershipId ?? '') ?? null,
    terms,
  });
  return [
    ...asked.flatMap((payment) => paymentEntries(payment, contextOf(payment))),
    ...refunds.flatMap((refund) => refundEntries(refund, contextOf(byId.get(refund.paymentId ?? '')))),
    ...disputes.flatMap((dispute) => disputeEntries(dispute, contextOf(byId.get(dispute.paymentId ?? '')))),
  ];
}

type CashContext = { payment: Payment | undefined; planId: string | null; terms: Terms };
type Happening = { kind: FlowKind; sourceId: string; at: Instant | null };

function paymentEntries(payment: Payment, context: CashContext): FlowEntry[] {
  if (succeeded(payment)) return succeededPayment(payment, context);
  if (payment.status === 'void') return [];
  const { id: sourceId, createdAt, lastAttemptAt } = payment;
  return failed(payment)
    ? counted({ kind: 'payment', sourceId, at: lastAttemptAt ?? createdAt }, { payments_failed: 1 }, context)
    : counted({ kind: 'payment', sourceId, at: createdAt }, { payments_pending: 1 }, context);
}

function succeededPayment(payment: Payment & { paidAt: Instant }, context: CashContext): FlowEntry[] {
  const { id: sourceId, paidAt: at, currency, failedAttempts } = payment;
  const total = totalOf(payment);
  const counts: Amounts<Flow> = {
    payments_succeeded: 1,
    ...((failedAttempts ?? 0) > 0 ? { payments_recovered: 1 } : {}),
    ...(total === null || currency === null ? { payments_of_unknown_amount: 1 } : {}),
    ...(hasUnknownTerm(payment, context.terms.plans.get(context.planId ?? '')) ? { payments_of_unknown_term: 1 } : {}),
  };
  const told = [['gross_revenue', total] as const, ['after_fees', payment.amountAfterFeesMinor] as const];
  const money = inCounted(currency, told, context);
  const happening: Happening = { kind: 'payment', sourceId, at };
  return entry(happening, { ...money, amounts: { ...money.amounts, ...counts } }, context).map((one) => ({
    ...one,
    paidIn: currency,
  }));
}

function refundEntries(refund: Refund, context: CashContext): FlowEntry[] {
  if (refund.status !== 'succeeded') return [];
  const money = inCounted(refund.currency, [['refunds', refund.amountMinor]], context);
  return entry({ kind: 'refund', sourceId: refund.id, at: refund.createdAt }, money, context);
}

function disputeEntries(dispute: Dispute, context: CashContext): FlowEntry[] {
  if (dispute.status?.startsWith('warning_')) return [];
  const lostMinor = dispute.status === 'lost' ? dispute.amountMinor : null;
  const money = inCounted(dispute.currency, [['disputes_lost', lostMinor]], context);
  const happening: Happening = { kind: 'dispute', sourceId: dispute.id, at: dispute.createdAt };
  return entry(happening, { ...money, amounts: { ...money.amounts, disputes_opened: 1 } }, context);
}

type Counted = { currency: string; amounts: Amounts<Flow> };

/** Converted at the rate of its payment where that has one and is in the same currency, else as it is. */
function inCounted(
  currency: string | null,
  amountsMinor: readonly (readonly [Flow, number | null])[],
  { payment, terms: { reportingCurrency } }: CashContext,
): Counted {
  if (currency === null) return { currency: '', amounts: {} };
  const own = currency === reportingCurrency ? whole : null;
  const rate = payment?.currency === currency ? rateOf(payment, reportingCurrency) : own;
  const amounts: Partial<Record<Flow, number>> = {};
  for (const [flow, amountMinor] of amountsMinor) {
    const amount = rate === null ? amountMinor : scaleMinor(amountMinor ?? 0, rate);
    if (amount) amounts[flow] = amount;
  }
  return { currency: rate === null ? currency : reportingCurrency, amounts };
}

function counted(happening: Happening, amounts: Amounts<Flow>, context: CashContext): FlowEntry[] {
  return entry(happening, { currency: '', amounts }, context);
}

/** None of what has no time, or adds nothing. */
function entry({ kind, sourceId, at }: Happening, { currency, amounts }: Counted, context: CashContext): FlowEntry[] {
  if (at === null || Object.keys(amounts).length === 0) return [];
  return [{ kind, sourceId, at, planId: context.planId, currency, amounts, ...untold }];
}
