import { type Generation, iso } from './generation.ts';
import { signStandard } from './sign.ts';
import { type ClaimSketch, companyId, type MembershipSketch, type PaymentSketch } from './sketch.ts';

/** v1 pinned to a date since August 2026: flat references again, money as objects, `account_id`. No package types it. */
export const recent: Generation = {
  payment: paymentData,
  membership: membershipData,
  refund: (sketch) => ({ ...claimData(sketch), status: 'succeeded' }),
  dispute: (sketch) => ({ ...claimData(sketch), status: 'needs_response' }),
  envelope: (type, data, { at, companyId: told = companyId }) => ({
    id: 'evt_1',
    api_version: 'v1',
    api_version_date: '2026-08-14',
    timestamp: iso(at),
    type,
    account_id: told,
    previous_attributes: {},
    ...(data === undefined ? {} : { data }),
  }),
  sign: signStandard,
};

const decimals = { usd: 2, eur: 2, jpy: 0, kwd: 3 };

function money(amount: number, currency: PaymentSketch['currency']) {
  const digits = decimals[currency];
  return { amount: amount.toFixed(digits), currency, decimals: digits, display_decimals: digits };
}

function paymentData(sketch: PaymentSketch) {
  const paid = !sketch.failed;
  return {
    id: sketch.id,
    account_id: companyId,
    user: { id: sketch.userId, username: `${sketch.userId}_name`, name: 'Ada' },
    member_id: 'mber_1',
    membership_id: sketch.membershipId,
    plan_id: sketch.planId,
    product_id: sketch.productId,
    billing_reason: 'subscription_cycle',
    status: paid ? 'paid' : 'open',
    substatus: paid ? 'succeeded' : 'failed',
    total: money(sketch.total, sketch.currency),
    subtotal: money(sketch.total, sketch.currency),
    tax_amount: money(0, sketch.currency),
    amount_after_fees: money(sketch.afterFees, sketch.currency),
    usd_total: money(sketch.total, 'usd'),
    created_at: iso(sketch.createdAt),
    updated_at: iso(sketch.updatedAt),
    paid_at: paid ? iso(sketch.updatedAt) : null,
    last_payment_attempt: iso(sketch.updatedAt),
    payments_failed: paid ? 0 : 1,
    promo_code_id: null,
  };
}

function membershipData(sketch: MembershipSketch) {
  return {
    id: sketch.id,
    account_id: companyId,
    user_id: sketch.userId,
    member_id: 'mber_1',
    plan_id: sketch.planId,
    product_id: sketch.productId,
    status: sketch.status,
    cancel_at_period_end: sketch.cancelAtPeriodEnd,
    created_at: iso(sketch.createdAt),
    updated_at: iso(sketch.updatedAt),
    current_period_start: iso(sketch.periodStart),
    current_period_end: iso(sketch.periodEnd),
  };
}

function claimData({ id, payment, amount, createdAt, updatedAt }: ClaimSketch) {
  return {
    id,
    account_id: companyId,
    payment_id: payment.id,
    amount: money(amount, payment.currency),
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
  };
}
