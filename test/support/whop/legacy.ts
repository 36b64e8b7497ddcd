import { type Generation, seconds } from './generation.ts';
import type { LegacyClaim, LegacyMembership, LegacyPayment } from './legacy-types.ts';
import { signLegacy } from './sign.ts';
import { type ClaimSketch, companyId, type MembershipSketch, type PaymentSketch } from './sketch.ts';

/** v5: flat ids, decimal numbers, whole seconds, no time of the event. */
export const legacy: Generation = {
  payment: paymentData,
  membership: membershipData,
  refund: (sketch) => ({ ...claimData(sketch), status: 'succeeded', gateway_type: 'stripe' }) satisfies LegacyClaim,
  dispute: (sketch) => ({ ...claimData(sketch), status: 'needs_response' }) satisfies LegacyClaim,
  envelope: (action, data) => ({ api_version: 'v5', action, ...(data === undefined ? {} : { data }) }),
  sign: signLegacy,
};

function paymentData(sketch: PaymentSketch) {
  const paid = !sketch.failed;
  return {
    id: sketch.id,
    membership_id: sketch.membershipId,
    product_id: sketch.productId,
    user_id: sketch.userId,
    plan_id: sketch.planId,
    company_id: companyId,
    created_at: seconds(sketch.createdAt),
    paid_at: paid ? seconds(sketch.updatedAt) : null,
    refunded_at: null,
    last_payment_attempt: seconds(sketch.updatedAt),
    next_payment_attempt: null,
    status: paid ? 'paid' : 'open',
    subtotal: sketch.total,
    final_amount: sketch.total,
    amount_after_fees: sketch.afterFees,
    currency: sketch.currency,
    refunded_amount: 0,
    payments_failed: paid ? 0 : 1,
    checkout_id: null,
    card_brand: 'visa',
    card_last_4: '4242',
    billing_usage_ids: [],
    metadata: {},
  } satisfies LegacyPayment;
}

function membershipData(sketch: MembershipSketch) {
  return {
    id: sketch.id,
    product_id: sketch.productId,
    user_id: sketch.userId,
    plan_id: sketch.planId,
    page_id: companyId,
    created_at: seconds(sketch.createdAt),
    expires_at: null,
    renewal_period_start: seconds(sketch.periodStart),
    renewal_period_end: seconds(sketch.periodEnd),
    quantity: 1,
    status: sketch.status,
    valid: ['trialing', 'active', 'past_due', 'canceling'].includes(sketch.status),
    cancel_at_period_end: sketch.cancelAtPeriodEnd,
    license_key: 'A-1B2C3D-LICENCE',
    metadata: {},
    checkout_id: null,
    affiliate_username: null,
    manage_url: 'https://whop.com/orders/mem_1/manage?token=legacy-manage-token',
    company_buyer_id: null,
    marketplace: false,
    custom_field_responses: [],
  } satisfies LegacyMembership;
}

function claimData({ id, payment, amount, createdAt }: ClaimSketch) {
  return {
    id,
    amount,
    currency: payment.currency,
    created_at: seconds(createdAt),
    payment_id: payment.id,
    payment: paymentData(payment),
  };
}
