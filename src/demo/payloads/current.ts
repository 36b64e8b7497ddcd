import type { Dispute } from '@whop/sdk/resources/disputes.js';
import type { Membership, Payment, Plan } from '@whop/sdk/resources/shared.js';
import type { RefundCreatedWebhookEvent } from '@whop/sdk/resources/webhooks.js';
import { company, type PromoCode, type SamplePlan, type SampleProduct } from '../catalogue.ts';
import {
  type Happening,
  type Person,
  type SampleDispute,
  type SampleMembership,
  type SamplePayment,
  type SampleRefund,
  totalOf,
} from '../sample.ts';
import { type Envelope, iso, isoOrNull, major, type Payload } from './payload.ts';
import { noEvidence, untoldOfMembership, untoldOfPayment, untoldOfPlan } from './untold.ts';

/** v1 as Whop's SDK types it: nested references, decimal numbers, ISO times. */
export function currentPayload(happening: Happening, { id, timestamp }: Envelope): Payload {
  const { type } = happening;
  return { id, api_version: 'v1', timestamp, type, data: dataOf(happening), company_id: company.id };
}

function dataOf(happening: Happening) {
  if ('plan' in happening) return plan(happening.plan, happening.at);
  if ('membership' in happening) return membership(happening.membership);
  if ('payment' in happening) return payment(happening.payment);
  return 'refund' in happening ? refund(happening.refund) : dispute(happening.dispute);
}

function plan(offer: SamplePlan, at: number) {
  return {
    ...untoldOfPlan,
    id: offer.id,
    billing_period: offer.periodDays,
    created_at: iso(at),
    currency: 'usd',
    initial_price: major(offer.periodDays === null ? offer.priceMinor.usd : offer.joiningFeeMinor.usd),
    plan_type: offer.periodDays === null ? 'one_time' : 'renewal',
    product: { id: offer.product.id, title: offer.product.title },
    purchase_url: `https://whop.example/${company.route}/${offer.product.route}`,
    renewal_price: offer.periodDays === null ? 0 : major(offer.priceMinor.usd),
    title: offer.title,
    trial_period_days: offer.trialDays,
    updated_at: iso(at),
  } satisfies Plan;
}

function membership(of: SampleMembership) {
  return {
    ...untoldOfMembership,
    id: of.id,
    cancel_at_period_end: of.cancelAtPeriodEnd,
    cancel_option: of.cancelOption,
    canceled_at: isoOrNull(of.canceledAt),
    company,
    created_at: iso(of.createdAt),
    currency: of.person.currency,
    joined_at: iso(of.createdAt),
    member: { id: of.person.memberId },
    plan: { id: of.plan.id, metadata: {} },
    product: product(of.plan.product),
    promo_code: of.promoCode === null ? null : { id: of.promoCode.id },
    renewal_period_end: isoOrNull(of.period?.end ?? null),
    renewal_period_start: isoOrNull(of.period?.start ?? null),
    status: of.status,
    updated_at: iso(of.updatedAt),
    user: user(of.person),
  } satisfies Membership;
}

function payment(of: SamplePayment) {
  const { plan: offer, id, status } = of.membership;
  return {
    ...untoldOfPayment,
    ...payer(of),
    amount_after_fees: major(of.afterFeesMinor),
    company,
    failure_message: of.failureMessage,
    last_payment_attempt: isoOrNull(of.lastAttemptAt),
    membership: { id, phone_number: null, status },
    next_payment_attempt: isoOrNull(of.nextAttemptAt),
    payments_failed: of.failedAttempts,
    plan: { id: offer.id, internal_notes: null, metadata: {} },
    product: product(offer.product),
    promo_code: of.promoCode === null ? null : promoCode(of.promoCode),
    refundable: of.paidAt !== null,
    settlement_amount: major(totalOf(of)),
    settlement_currency: of.currency,
    status: of.status,
    substatus: of.status === 'open' ? 'failed' : of.status === 'paid' ? 'succeeded' : 'pending',
    tax_amount: major(of.taxMinor),
    tax_behavior: of.taxMinor > 0 ? 'exclusive' : null,
    updated_at: iso(of.updatedAt),
  } satisfies Payment;
}

/** What a payment tells of itself wherever it stands. */
function payer(of: SamplePayment) {
  const { person } = of.membership;
  return {
    id: of.id,
    billing_reason: of.reason,
    card_brand: person.paysBy === 'card' ? person.cardBrand : null,
    card_last4: person.paysBy === 'card' ? person.cardLast4 : null,
    created_at: iso(of.createdAt),
    currency: of.currency,
    dispute_alerted_at: null,
    member: { id: person.memberId, phone: null },
    paid_at: isoOrNull(of.paidAt),
    payment_method_type: person.paysBy,
    subtotal: major(of.netMinor),
    total: major(totalOf(of)),
    usd_total: of.usdTotalMinor === null ? null : major(of.usdTotalMinor),
    user: user(person),
  };
}

function refund({ id, payment: of, amountMinor, status, createdAt }: SampleRefund) {
  const { plan: offer, ...paidFor } = of.membership;
  return {
    id,
    amount: major(amountMinor),
    created_at: iso(createdAt),
    currency: of.currency,
    payment: {
      ...payer(of),
      membership: { id: paidFor.id, status: paidFor.status },
      metadata: {},
      plan: { id: offer.id, metadata: {} },
      product: { id: offer.product.id, metadata: {} },
      tax_amount: major(of.taxMinor),
      tax_behavior: of.taxMinor > 0 ? 'exclusive' : null,
      tax_refunded_amount: null,
    },
    provider: 'stripe',
    provider_created_at: null,
    reference_status: null,
    reference_type: null,
    reference_value: null,
    status,
  } satisfies RefundCreatedWebhookEvent.Data;
}

function dispute({ id, payment: of, amountMinor, status, reason, createdAt }: SampleDispute) {
  const { plan: offer, ...paidFor } = of.membership;
  return {
    ...noEvidence,
    id,
    amount: major(amountMinor),
    company,
    created_at: iso(createdAt),
    currency: of.currency,
    payment: { ...payer(of), membership: { id: paidFor.id, status: paidFor.status } },
    plan: { id: offer.id },
    product: { id: offer.product.id, title: offer.product.title },
    reason,
    status,
  } satisfies Dispute;
}

function user({ userId, username, name }: Person) {
  return { id: userId, username, name, email: null };
}

function product({ id, title, route }: SampleProduct) {
  return { id, title, route, metadata: {} };
}

function promoCode({ id, code, percentOff, payments }: PromoCode) {
  return {
    id,
    amount_off: percentOff,
    base_currency: 'usd' as const,
    code,
    number_of_intervals: payments,
    promo_type: 'percentage' as const,
  };
}
