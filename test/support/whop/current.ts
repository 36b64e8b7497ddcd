import type { Dispute } from '@whop/sdk/resources/disputes.js';
import type { Membership, Payment } from '@whop/sdk/resources/shared.js';
import type { RefundCreatedWebhookEvent } from '@whop/sdk/resources/webhooks.js';
import type { Json } from '../../../src/ingest/delivery.ts';
import { type Generation, iso } from './generation.ts';
import { signStandard } from './sign.ts';
import { type ClaimSketch, companyId, type MembershipSketch, type PaymentSketch } from './sketch.ts';

/** v1 as SDK 0.0.42 types it: nested references, decimal numbers, ISO times. */
export const current: Generation = {
  payment: paymentData,
  membership: membershipData,
  refund: refundData,
  dispute: disputeData,
  envelope: (type, data, { at, companyId: told = companyId }) => ({
    id: 'evt_1',
    api_version: 'v1',
    timestamp: iso(at),
    type,
    company_id: told,
    ...(data === undefined ? {} : { data }),
  }),
  sign: signStandard,
};

const company = { id: companyId, route: 'tide', title: 'Tide Club' };

function user(id: string) {
  return { id, username: `${id}_name`, name: 'Ada', email: `${id}@example.com` };
}

function product(id: string) {
  return { id, title: 'Signals', route: 'signals', metadata: {} };
}

function paymentData(sketch: PaymentSketch) {
  const paid = !sketch.failed;
  return {
    ...payer(sketch),
    ...untoldOfPayment,
    amount_after_fees: sketch.afterFees,
    company,
    last_payment_attempt: iso(sketch.updatedAt),
    membership: { id: sketch.membershipId, status: 'active', phone_number: '+1 555 010 9999' },
    paid_at: paid ? iso(sketch.updatedAt) : null,
    payments_failed: paid ? 0 : 1,
    plan: { id: sketch.planId, internal_notes: null, metadata: {} },
    product: product(sketch.productId),
    settlement_amount: sketch.total,
    settlement_currency: sketch.currency,
    status: paid ? 'paid' : 'open',
    substatus: paid ? 'succeeded' : 'failed',
    updated_at: iso(sketch.updatedAt),
  } satisfies Payment;
}

/** What a payment tells of itself wherever it stands. */
function payer(sketch: PaymentSketch) {
  return {
    id: sketch.id,
    billing_reason: 'subscription_cycle' as const,
    card_brand: 'visa' as const,
    card_last4: '4242',
    created_at: iso(sketch.createdAt),
    currency: sketch.currency,
    dispute_alerted_at: null,
    member: { id: 'mber_1', phone: '+15550109999' },
    payment_method_type: 'card' as const,
    subtotal: sketch.total,
    tax_amount: 0,
    tax_behavior: null,
    tax_refunded_amount: null,
    total: sketch.total,
    usd_total: sketch.total,
    user: user(sketch.userId),
  };
}

const untoldOfPayment = {
  application_fee: null,
  auto_refunded: false,
  billing_address: {
    city: 'Kiel',
    country: 'DE',
    line1: 'Hafen 1',
    line2: null,
    name: 'Ada',
    postal_code: '24103',
    state: null,
  },
  checkout_configuration_id: null,
  disputes: [],
  failure_message: null,
  financing_installments_count: null,
  financing_transactions: [],
  metadata: {},
  next_payment_attempt: null,
  payment_method: null,
  promo_code: null,
  refundable: true,
  refunded_amount: 0,
  refunded_at: null,
  refunds: [],
  resolutions: [],
  retryable: false,
  risk_score: null,
  risk_signals: null,
  settlement_exchange_rate: null,
  shipping_address: null,
  three_ds_verified: false,
  voidable: false,
};

function membershipData(sketch: MembershipSketch) {
  return {
    id: sketch.id,
    cancel_at_period_end: sketch.cancelAtPeriodEnd,
    cancel_option: null,
    canceled_at: null,
    cancellation_reason: null,
    checkout_configuration_id: null,
    company,
    created_at: iso(sketch.createdAt),
    currency: 'usd',
    custom_field_responses: [{ id: 'cfr_1', question: 'Your Discord?', answer: 'ada#0001' }],
    joined_at: iso(sketch.createdAt),
    license_key: 'A-1B2C3D-LICENCE',
    manage_url: 'https://whop.com/orders/mem_1/manage?token=manage-token',
    member: { id: 'mber_1' },
    metadata: {},
    payment_collection_paused: false,
    plan: { id: sketch.planId, metadata: {} },
    product: product(sketch.productId),
    promo_code: null,
    renewal_period_end: iso(sketch.periodEnd),
    renewal_period_start: iso(sketch.periodStart),
    status: sketch.status,
    updated_at: iso(sketch.updatedAt),
    user: user(sketch.userId),
  } satisfies Membership;
}

function refundData({ id, payment, amount, createdAt }: ClaimSketch) {
  return {
    id,
    amount,
    created_at: iso(createdAt),
    currency: payment.currency,
    payment: {
      ...payer(payment),
      membership: { id: payment.membershipId, status: 'active' },
      metadata: {},
      paid_at: iso(payment.updatedAt),
      plan: { id: payment.planId, metadata: {} },
      product: { id: payment.productId, metadata: {} },
    },
    provider: 'stripe',
    provider_created_at: null,
    reference_status: null,
    reference_type: null,
    reference_value: null,
    status: 'succeeded',
  } satisfies RefundCreatedWebhookEvent.Data;
}

function disputeData({ id, payment, amount, createdAt }: ClaimSketch) {
  return {
    id,
    ...evidence,
    amount,
    company,
    created_at: iso(createdAt),
    currency: payment.currency,
    editable: true,
    needs_response_by: null,
    payment: {
      ...payer(payment),
      membership: { id: payment.membershipId, status: 'active' },
      paid_at: iso(payment.updatedAt),
    },
    plan: { id: payment.planId },
    product: product(payment.productId),
    reason: 'fraudulent',
    status: 'needs_response',
    visa_rdr: false,
  } satisfies Dispute & Record<string, Json>;
}

const evidence = {
  access_activity_log: 'signed in from 203.0.113.9',
  billing_address: 'Hafen 1, Kiel',
  cancellation_policy_attachment: null,
  cancellation_policy_disclosure: null,
  customer_communication_attachment: {
    id: 'file_1',
    content_type: 'text/plain',
    filename: 'mail.txt',
    url: 'https://files.example.com/1?signature=attachment-signature',
  },
  customer_email_address: 'ada@example.com',
  customer_name: 'Ada Byron',
  notes: null,
  product_description: null,
  refund_policy_attachment: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  uncategorized_attachment: null,
};
