import {
  type FactKind,
  type FactValue,
  factColumns,
  type Instant,
  type MembershipChange,
  type Snapshot,
  type Version,
  version,
} from '../domain/facts.ts';
import { type EventType, type Subject, subjectOfId } from './event-types.ts';
import { affiliateValues, entryValues, promoCodeValues, reviewValues } from './marketing-values.ts';
import type { Reader } from './reader.ts';

/** What a delivery tells. */
export type Facts = { snapshots: Snapshot[]; changes: MembershipChange[] };

/** Where and when a payload was told. */
export type Telling = {
  companyId: string;
  /** The event's own time; null for legacy deliveries, which have none. */
  eventAt: Instant | null;
  sentAt: Instant;
};

/** Undefined: not told. */
export type Values = Readonly<Record<string, FactValue | undefined>>;
type Told = { kind: FactKind; id: string; values: Values; told: Version };

/** The facts of one payload: of its subject, and of what it refers to as far as it tells of that. */
export function factsOf(event: EventType, payload: Reader, telling: Telling): Facts {
  const { subject, id, data } = subjectOf(event, payload);
  const told = versionOf(subject, data, telling);
  const main = id === null ? [] : tellers[subject](id, data, { event, telling });
  const all = [...main, ...referredTo(subject, payload)].map((one) => ({ ...one, told }));
  return {
    snapshots: all.flatMap((one) => snapshot(one, telling.companyId)),
    changes: subject === 'membership' && id !== null ? changesOf(id, event, data, telling) : [],
  };
}

/**
 * What the payload is about: by its own id where that tells (older integrations send, say, a payment under a membership's
 * event), else by the event, whose subject may also be one level down or only referred to; of what has an id of its own beside
 * that reference, a status or a time is none of the subject's.
 */
function subjectOf(event: EventType, payload: Reader): { subject: Subject; id: string | null; data: Reader } {
  const id = payload.text('id') ?? null;
  const byId = id === null ? null : subjectOfId(id);
  if (byId !== null) return { subject: byId, id, data: payload };
  const within = payload.object(event.subject);
  const idWithin = within.text('id');
  if (idWithin) return { subject: event.subject, id: idWithin, data: within };
  const referred = payload.text(`${event.subject}_id`);
  if (referred && id !== null && id !== referred) {
    return { subject: event.subject, id: referred, data: payload.referencesOnly() };
  }
  return { subject: event.subject, id: referred ?? id, data: payload };
}

type Context = { event: EventType; telling: Telling };
type Teller = (id: string, data: Reader, context: Context) => { kind: FactKind; id: string; values: Values }[];

const tellers: Readonly<Record<Subject, Teller>> = {
  payment: (id, data, context) => [{ kind: 'payment', id, values: paymentValues(data, context) }],
  membership: (id, data, context) => [{ kind: 'membership', id, values: membershipValues(data, context) }],
  refund: (id, data) => [{ kind: 'refund', id, values: claimValues(data) }],
  dispute: (id, data) => [{ kind: 'dispute', id, values: disputeValues(data) }],
  dispute_alert: (_id, data) => alertedDispute(data),
  plan: (id, data) => [{ kind: 'plan', id, values: planValues(data) }],
  product: (id, data) => [{ kind: 'product', id, values: { title: data.text('title', 'name') } }],
  promo_code: (id, data) => [{ kind: 'promo_code', id, values: promoCodeValues(data) }],
  affiliate: (id, data) => [{ kind: 'affiliate', id, values: affiliateValues(data) }],
  entry: (id, data, { event }) => [{ kind: 'waitlist_entry', id, values: entryValues(data, event.says === 'deleted') }],
  review: (id, data) => [{ kind: 'review', id, values: reviewValues(data) }],
  member: () => [],
};

function paymentValues(data: Reader, { event, telling }: Context): Values {
  const currency = data.currency('total', 'final_amount', 'subtotal');
  const at = telling.eventAt ?? telling.sentAt;
  const succeeded = event.says === 'succeeded';
  const failed = event.says === 'failed';
  const failures = data.integer('payments_failed') ?? (data.text('substatus') === 'failed' ? 1 : undefined);
  return {
    userId: data.reference('user'),
    membershipId: data.reference('membership'),
    planId: data.reference('plan'),
    productId: data.reference('product'),
    status: data.text('status') ?? (succeeded ? 'paid' : undefined),
    billingReason: data.text('billing_reason'),
    currency,
    totalMinor: data.money(currency, 'total', 'final_amount'),
    subtotalMinor: data.money(currency, 'subtotal'),
    taxMinor: data.money(currency, 'tax_amount'),
    amountAfterFeesMinor: data.money(currency, 'amount_after_fees'),
    usdTotalMinor: data.money('USD', 'usd_total'),
    createdAt: data.instant('created_at'),
    paidAt: data.instant('paid_at') ?? (succeeded ? at : data.instant('paid_at')),
    lastAttemptAt: data.instant('last_payment_attempt') ?? (failed ? at : undefined),
    failedAttempts: failed ? Math.max(1, failures ?? 1) : failures,
    disputeAlertedAt: data.instant('dispute_alerted_at') ?? undefined,
    promoCodeId: data.reference('promo_code'),
  };
}

const endedStatuses: ReadonlySet<string | null | undefined> = new Set(['canceled', 'expired', 'completed']);

function membershipValues(data: Reader, { event, telling }: Context): Values {
  const status = data.text('status');
  // A legacy end has no time that could make it an event, so that only its snapshot can say so.
  const legacyEnd = telling.eventAt === null && event.says === 'deactivated' && !endedStatuses.has(status);
  return {
    userId: data.reference('user'),
    planId: data.reference('plan'),
    productId: data.reference('product'),
    status: legacyEnd ? 'expired' : status,
    createdAt: data.instant('created_at'),
    updatedAt: data.instant('updated_at') ?? telling.eventAt ?? telling.sentAt,
    renewalPeriodStart: data.instant('renewal_period_start', 'current_period_start'),
    renewalPeriodEnd: data.instant('renewal_period_end', 'current_period_end'),
    canceledAt: data.instant('canceled_at'),
    cancelAtPeriodEnd: data.flag('cancel_at_period_end'),
    cancelOption: data.text('cancel_option'),
    promoCodeId: data.reference('promo_code'),
  };
}

/** Refunds and disputes: an amount that is claimed back of a payment. */
function claimValues(data: Reader): Values {
  const currency = data.currency('amount');
  return {
    paymentId: data.reference('payment'),
    status: data.text('status'),
    currency,
    amountMinor: data.money(currency, 'amount'),
    createdAt: data.instant('created_at'),
  };
}

function disputeValues(data: Reader): Values {
  return { ...claimValues(data), needsResponseBy: data.instant('needs_response_by') };
}

/** A bank may warn before there is a dispute: then only the payment can tell of it. */
function alertedDispute(alert: Reader): ReturnType<Teller> {
  const dispute = alert.object('dispute');
  const id = dispute.text('id');
  const paymentId = dispute.reference('payment') ?? alert.reference('payment');
  const disputeAlertedAt = alert.instant('created_at');
  return [
    ...(id ? [{ kind: 'dispute' as const, id, values: { ...disputeValues(dispute), paymentId } }] : []),
    ...(paymentId && disputeAlertedAt
      ? [{ kind: 'payment' as const, id: paymentId, values: { disputeAlertedAt } }]
      : []),
  ];
}

function planValues(data: Reader): Values {
  const currency = data.currency('renewal_price', 'initial_price');
  return {
    productId: data.reference('product'),
    title: data.text('title', 'name'),
    planType: data.text('plan_type'),
    billingPeriodDays: data.integer('billing_period'),
    expirationDays: data.integer('expiration_days'),
    trialPeriodDays: data.integer('trial_period_days'),
    currency,
    initialPriceMinor: data.money(currency, 'initial_price'),
    renewalPriceMinor: data.money(currency, 'renewal_price'),
  };
}

/**
 * What a payload says of the things that it refers to, by the way: names, and of a claimed payment its amounts. Only what
 * is there counts; a missing field of a reference means nothing.
 */
function referredTo(subject: Subject, data: Reader): ReturnType<Teller> {
  const payment = data.object('payment');
  const nestedPayment = subject === 'payment' ? [] : nested('payment', payment, paymentReference(payment));
  return [
    ...nested('company', data.object('company'), { title: data.object('company').text('title') }),
    ...nested('product', data.object('product'), { title: data.object('product').text('title') }),
    ...nested('plan', data.object('plan'), planValues(data.object('plan'))),
    ...nested('promo_code', data.object('promo_code'), promoCodeValues(data.object('promo_code'))),
    ...[data, payment, data.object('member')].flatMap((holder) => customerIn(holder)),
    ...nestedPayment,
  ];
}

function customerIn(holder: Reader): ReturnType<Teller> {
  const user = holder.object('user');
  return nested('customer', user, { username: user.text('username'), name: user.text('name') });
}

function paymentReference(payment: Reader): Values {
  const currency = payment.currency('total', 'subtotal');
  return {
    userId: payment.reference('user'),
    membershipId: payment.reference('membership'),
    planId: payment.reference('plan'),
    productId: payment.reference('product'),
    currency,
    totalMinor: payment.money(currency, 'total'),
    usdTotalMinor: payment.money('USD', 'usd_total'),
  };
}

function nested(kind: FactKind, object: Reader, values: Values): ReturnType<Teller> {
  const id = object.text('id');
  const told = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return id && told.length > 0 ? [{ kind, id, values: Object.fromEntries(told) }] : [];
}

/** When the source made this snapshot: its own update, else the event; a legacy payment's own dates; else not told. */
function versionOf(subject: Subject, data: Reader, { eventAt, sentAt }: Telling): Version {
  // An affiliate's sums are made when they are asked for, and needn't touch its own update.
  if (subject === 'affiliate' && eventAt !== null) return version(eventAt, true);
  const own = data.instant('updated_at') ?? eventAt ?? (subject === 'payment' ? latestDate(data) : null);
  return own === null ? version(sentAt, false) : version(own, true);
}

function latestDate(payment: Reader): Instant | null {
  const dates = ['paid_at', 'refunded_at', 'last_payment_attempt', 'created_at'];
  const told = dates.flatMap((key) => payment.instant(key) ?? []);
  return told.length === 0 ? null : Math.max(...told);
}

function changesOf(membershipId: string, event: EventType, data: Reader, { eventAt }: Telling): MembershipChange[] {
  const at = eventAt ?? data.instant('updated_at');
  const { says } = event;
  if (at === null || at === undefined || (says !== 'activated' && says !== 'deactivated')) return [];
  // Older integrations also announce a membership that has only been drafted.
  if (says === 'activated' && data.text('status') === 'drafted') return [];
  return [{ membershipId, change: says, at }];
}

function snapshot({ kind, id, values, told }: Told, companyId: string): Snapshot[] {
  const fields = Object.keys(factColumns[kind]).filter((field) => values[field] !== undefined);
  const own = Object.fromEntries(fields.map((field) => [field, values[field]]));
  return [{ kind, companyId, id, version: told, values: own }];
}
