import { company } from '../catalogue.ts';
import {
  type Currency,
  type Happening,
  type SampleDispute,
  type SampleMembership,
  type SamplePayment,
  type SampleRefund,
  totalOf,
} from '../sample.ts';
import { type Envelope, iso, isoOrNull, type Payload } from './payload.ts';

/** v1 pinned to a date since August 2026: flat references again, money as objects, `account_id`. */
export function recentPayload(
  happening: Exclude<Happening, { type: 'plan.created' }>,
  { id, timestamp }: Envelope,
): Payload {
  return {
    id,
    api_version: 'v1',
    api_version_date: '2026-08-14',
    timestamp,
    type: happening.type,
    data: dataOf(happening),
    account_id: company.id,
    previous_attributes: {},
  };
}

function dataOf(happening: Exclude<Happening, { type: 'plan.created' }>) {
  if ('membership' in happening) return membership(happening.membership);
  if ('payment' in happening) return payment(happening.payment);
  return 'refund' in happening ? claim(happening.refund, happening.at) : claim(happening.dispute, happening.at);
}

function money(amountMinor: number, currency: Currency) {
  return { amount: (amountMinor / 100).toFixed(2), currency, decimals: 2, display_decimals: 2 };
}

function membership(of: SampleMembership) {
  return {
    id: of.id,
    account_id: company.id,
    user_id: of.person.userId,
    member_id: of.person.memberId,
    plan_id: of.plan.id,
    product_id: of.plan.product.id,
    status: of.status,
    cancel_at_period_end: of.cancelAtPeriodEnd,
    created_at: iso(of.createdAt),
    updated_at: iso(of.updatedAt),
    current_period_start: isoOrNull(of.period?.start ?? null),
    current_period_end: isoOrNull(of.period?.end ?? null),
  };
}

function payment(of: SamplePayment) {
  const { person, plan, id } = of.membership;
  return {
    id: of.id,
    account_id: company.id,
    user: { id: person.userId, username: person.username, name: person.name },
    member_id: person.memberId,
    membership_id: id,
    plan_id: plan.id,
    product_id: plan.product.id,
    billing_reason: of.reason,
    status: of.status,
    substatus: of.status === 'open' ? 'failed' : of.status === 'paid' ? 'succeeded' : 'pending',
    total: money(totalOf(of), of.currency),
    subtotal: money(of.netMinor, of.currency),
    tax_amount: money(of.taxMinor, of.currency),
    amount_after_fees: money(of.afterFeesMinor, of.currency),
    usd_total: of.usdTotalMinor === null ? null : money(of.usdTotalMinor, 'usd'),
    created_at: iso(of.createdAt),
    updated_at: iso(of.updatedAt),
    paid_at: isoOrNull(of.paidAt),
    last_payment_attempt: isoOrNull(of.lastAttemptAt),
    next_payment_attempt: isoOrNull(of.nextAttemptAt),
    payments_failed: of.failedAttempts,
    failure_message: of.failureMessage,
    promo_code_id: of.promoCode?.id ?? null,
  };
}

function claim({ id, payment: of, amountMinor, status, createdAt }: SampleRefund | SampleDispute, at: number) {
  return {
    id,
    account_id: company.id,
    payment_id: of.id,
    amount: money(amountMinor, of.currency),
    status,
    created_at: iso(createdAt),
    updated_at: iso(at),
  };
}
