import { company } from '../catalogue.ts';
import {
  type Happening,
  type SampleDispute,
  type SampleMembership,
  type SamplePayment,
  type SampleRefund,
  totalOf,
} from '../sample.ts';
import { major, type Payload, seconds, secondsOrNull } from './payload.ts';

const actions: Readonly<Partial<Record<Happening['type'], string>>> = {
  'membership.activated': 'membership.went_valid',
  'membership.deactivated': 'membership.went_invalid',
};

/** v5: flat ids, decimal numbers, whole seconds, and no time of its own. */
export function legacyPayload(happening: Exclude<Happening, { type: 'plan.created' }>): Payload {
  return { api_version: 'v5', action: actions[happening.type] ?? happening.type, data: dataOf(happening) };
}

function dataOf(happening: Exclude<Happening, { type: 'plan.created' }>) {
  if ('membership' in happening) return membership(happening.membership);
  if ('payment' in happening) return payment(happening.payment);
  return 'refund' in happening ? { ...claim(happening.refund), gateway_type: 'stripe' } : claim(happening.dispute);
}

function membership(of: SampleMembership) {
  return {
    id: of.id,
    product_id: of.plan.product.id,
    user_id: of.person.userId,
    plan_id: of.plan.id,
    page_id: company.id,
    created_at: seconds(of.createdAt),
    expires_at: null,
    renewal_period_start: secondsOrNull(of.period?.start ?? null),
    renewal_period_end: secondsOrNull(of.period?.end ?? null),
    quantity: 1,
    status: of.status,
    valid: of.status !== 'canceled',
    cancel_at_period_end: of.cancelAtPeriodEnd,
    license_key: null,
    metadata: {},
    checkout_id: null,
    affiliate_username: null,
    manage_url: '',
    company_buyer_id: null,
    marketplace: false,
    custom_field_responses: [],
  };
}

function payment(of: SamplePayment) {
  const { person, plan, id } = of.membership;
  return {
    id: of.id,
    membership_id: id,
    product_id: plan.product.id,
    user_id: person.userId,
    plan_id: plan.id,
    company_id: company.id,
    created_at: seconds(of.createdAt),
    paid_at: secondsOrNull(of.paidAt),
    refunded_at: null,
    last_payment_attempt: secondsOrNull(of.lastAttemptAt),
    next_payment_attempt: secondsOrNull(of.nextAttemptAt),
    status: of.status,
    subtotal: major(of.netMinor),
    final_amount: major(totalOf(of)),
    amount_after_fees: major(of.afterFeesMinor),
    currency: of.currency,
    refunded_amount: 0,
    payments_failed: of.failedAttempts,
    checkout_id: null,
    card_brand: person.paysBy === 'card' ? person.cardBrand : null,
    card_last_4: person.paysBy === 'card' ? person.cardLast4 : null,
    payment_method_type: person.paysBy,
    billing_usage_ids: [],
    metadata: {},
  };
}

function claim({ id, payment: of, amountMinor, status, createdAt }: SampleRefund | SampleDispute) {
  return {
    id,
    amount: major(amountMinor),
    currency: of.currency,
    status,
    created_at: seconds(createdAt),
    payment_id: of.id,
    payment: payment(of),
  };
}
