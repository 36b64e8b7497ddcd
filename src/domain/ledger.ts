import type { Dispute, Instant, Payment, Refund } from './facts.ts';
import type { CustomerFacts } from './membership-record.ts';
import { fraction, scaleMinor } from './money.ts';
import { failed, rateOf, succeeded, totalOf as totalPaid } from './pricing.ts';
import { type MrrState, type MrrTimeline, totalOf } from './timeline.ts';

/** Entries are the changes of a stock: its value at a time is their sum up to then. */
export type Stock = 'mrr' | 'paying_customers';

/** Entries are what happened: a flow over a period is their sum within it. */
export type Flow =
  | 'gross_revenue'
  | 'after_fees'
  | 'refunds'
  | 'disputes_lost'
  | 'disputes_opened'
  | 'payments_succeeded'
  | 'payments_recovered'
  | 'payments_failed'
  | 'payments_pending';

type Measure = Stock | Flow;

/**
 * One addition to one measure. People are counted three times, each in its own scope: once at all (no currency, no plan),
 * once in each currency that they pay (no plan), and once on each plan.
 */
export type Entry = {
  at: Instant;
  measure: Measure;
  /** Minor units of `currency`, or a count. */
  amount: number;
  currency: string | null;
  planId: string | null;
};

/** All facts that one customer's figures follow from. */
export type CustomerMoney = CustomerFacts & { refunds: readonly Refund[]; disputes: readonly Dispute[] };

/** Everything that one customer adds to the company's figures. */
export function ledger(customer: CustomerMoney, timeline: MrrTimeline, reportingCurrency: string): Entry[] {
  return [...stockEntries(timeline), ...cashEntries(customer, reportingCurrency)];
}

/** What follows from a customer's timeline alone. */
export function stockEntries(timeline: MrrTimeline): Entry[] {
  return [...mrrEntries(timeline), ...payingEntries(timeline)];
}

function mrrEntries(timeline: MrrTimeline): Entry[] {
  return [...timeline].flatMap(([currency, states]) =>
    states.flatMap((state, i) => planChanges(states[i - 1], state).flatMap((change) => planEntries(change, currency))),
  );
}

type PlanChange = { at: Instant; planId: string; before: number; after: number };

function planChanges(before: MrrState | undefined, state: MrrState): PlanChange[] {
  const planIds = new Set([...(before?.byPlan.keys() ?? []), ...state.byPlan.keys()]);
  return [...planIds].map((planId) => ({
    at: state.at,
    planId,
    before: before?.byPlan.get(planId) ?? 0,
    after: state.byPlan.get(planId) ?? 0,
  }));
}

function planEntries({ at, planId, before, after }: PlanChange, currency: string): Entry[] {
  const scope = { at, currency, planId };
  return [
    ...addition({ ...scope, measure: 'mrr', amount: after - before }),
    ...addition({ ...scope, measure: 'paying_customers', amount: count(after) - count(before) }),
  ];
}

/** The customer as one person: in each currency, and at all. */
function payingEntries(timeline: MrrTimeline): Entry[] {
  const changes = [...timeline].flatMap(([currency, states]) =>
    states.map((state, i) => ({
      at: state.at,
      currency,
      change: count(totalOf(state)) - count(totalOf(states[i - 1])),
    })),
  );
  let currencies = 0;
  return changes
    .filter(({ change }) => change !== 0)
    .sort((a, b) => a.at - b.at || b.change - a.change)
    .flatMap(({ at, currency, change }) => {
      const scope = { at, measure: 'paying_customers', planId: null } as const;
      const before = currencies;
      currencies += change;
      return [
        { ...scope, currency, amount: change },
        ...addition({ ...scope, currency: null, amount: count(currencies) - count(before) }),
      ];
    });
}

function cashEntries({ memberships, payments, refunds, disputes }: CustomerMoney, reportingCurrency: string): Entry[] {
  const planOf = new Map(memberships.map(({ id, planId }) => [id, planId]));
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const context = (payment: Payment | undefined): CashContext => ({
    payment,
    planId: payment?.planId ?? planOf.get(payment?.membershipId ?? '') ?? null,
    reportingCurrency,
  });
  return [
    ...payments.flatMap((payment) => paymentEntries(payment, context(payment))),
    ...refunds.flatMap((refund) => refundEntries(refund, context(byId.get(refund.paymentId ?? '')))),
    ...disputes.flatMap((dispute) => disputeEntries(dispute, context(byId.get(dispute.paymentId ?? '')))),
  ];
}

type CashContext = { payment: Payment | undefined; planId: string | null; reportingCurrency: string };

function paymentEntries(payment: Payment, context: CashContext): Entry[] {
  const counted = (measure: Measure, at: Instant | null) => occurrence(measure, at, context.planId);
  if (succeeded(payment)) {
    const { paidAt: at, currency } = payment;
    return [
      ...money('gross_revenue', { at, currency, amountMinor: totalPaid(payment) }, context),
      ...money('after_fees', { at, currency, amountMinor: payment.amountAfterFeesMinor }, context),
      ...counted('payments_succeeded', at),
      ...((payment.failedAttempts ?? 0) > 0 ? counted('payments_recovered', at) : []),
    ];
  }
  if (payment.status === 'void') return [];
  return failed(payment)
    ? counted('payments_failed', payment.lastAttemptAt ?? payment.createdAt)
    : counted('payments_pending', payment.createdAt);
}

function refundEntries(refund: Refund, context: CashContext): Entry[] {
  if (refund.status !== 'succeeded') return [];
  return money('refunds', { ...refund, at: refund.createdAt }, context);
}

function disputeEntries(dispute: Dispute, context: CashContext): Entry[] {
  if (dispute.status?.startsWith('warning_')) return [];
  return [
    ...occurrence('disputes_opened', dispute.createdAt, context.planId),
    ...(dispute.status === 'lost' ? money('disputes_lost', { ...dispute, at: dispute.createdAt }, context) : []),
  ];
}

type Amount = { at: Instant | null; currency: string | null; amountMinor: number | null };

/** Converted at the rate of its payment where that has one and is in the same currency, else as it is. */
function money(measure: Measure, { at, currency, amountMinor }: Amount, context: CashContext): Entry[] {
  if (at === null || currency === null || amountMinor === null) return [];
  const { payment, planId, reportingCurrency } = context;
  const own = currency === reportingCurrency ? fraction(1, 1) : null;
  const rate = payment?.currency === currency ? rateOf(payment, reportingCurrency) : own;
  return rate === null
    ? addition({ at, measure, planId, currency, amount: amountMinor })
    : addition({ at, measure, planId, currency: reportingCurrency, amount: scaleMinor(amountMinor, rate) });
}

function occurrence(measure: Measure, at: Instant | null, planId: string | null): Entry[] {
  return at === null ? [] : [{ at, measure, amount: 1, currency: null, planId }];
}

function addition(entry: Entry): Entry[] {
  return entry.amount === 0 ? [] : [entry];
}

function count(amountMinor: number): number {
  return amountMinor > 0 ? 1 : 0;
}
