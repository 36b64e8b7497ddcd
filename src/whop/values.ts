import type { FactKind, Instant, SnapshotOf } from '../domain/facts.ts';
import type { EventType } from './event-types.ts';
import type { Reader } from './reader.ts';

type Fields<K extends FactKind> = SnapshotOf<K>['values'];
/** Undefined: not told. */
export type Values<K extends FactKind> = { readonly [Field in keyof Fields<K>]: Fields<K>[Field] | undefined };

/** Where and when a payload was told. */
export type Telling = {
  companyId: string;
  /** The event's own time; null for legacy deliveries, which have none. */
  eventAt: Instant | null;
  sentAt: Instant;
};

export type Context = { event: EventType; telling: Telling };

export function paymentValues(data: Reader, { event, telling }: Context): Values<'payment'> {
  const currency = data.currency('total', 'final_amount', 'subtotal');
  const at = telling.eventAt ?? telling.sentAt;
  const succeeded = event.says === 'succeeded';
  const failed = event.says === 'failed';
  const paidAt = data.instant('paid_at');
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
    paidAt: succeeded ? (paidAt ?? at) : paidAt,
    lastAttemptAt: data.instant('last_payment_attempt') ?? (failed ? at : undefined),
    failedAttempts: failed ? Math.max(1, failures ?? 1) : failures,
    disputeAlertedAt: data.instant('dispute_alerted_at') ?? undefined,
    promoCodeId: data.reference('promo_code'),
  };
}

const endedStatuses: ReadonlySet<string | null | undefined> = new Set(['canceled', 'expired', 'completed']);

export function membershipValues(data: Reader, { event, telling }: Context): Values<'membership'> {
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
export function claimValues(data: Reader): Values<'refund'> {
  const currency = data.currency('amount');
  return {
    paymentId: data.reference('payment'),
    status: data.text('status'),
    currency,
    amountMinor: data.money(currency, 'amount'),
    createdAt: data.instant('created_at'),
  };
}

export function disputeValues(data: Reader): Values<'dispute'> {
  return { ...claimValues(data), needsResponseBy: data.instant('needs_response_by') };
}

export function planValues(data: Reader): Values<'plan'> {
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

/** Of a company, or a product, that is referred to. */
export function titleValues(thing: Reader): Values<'company' | 'product'> {
  return { title: thing.text('title') };
}

export function customerValues(user: Reader): Values<'customer'> {
  return { username: user.text('username'), name: user.text('name') };
}

/** Of a payment that something is claimed back of. */
export function claimedPaymentValues(payment: Reader): Values<'payment'> {
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
