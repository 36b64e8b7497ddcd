import type { Json } from '../../../src/ingest/delivery.ts';
import { generations } from './generations.ts';
import { claim, membership, noon, payment } from './sketch.ts';

export type EventKind = { generation: keyof typeof generations; type: string; data: Json };

const { legacy, current, recent } = generations;
const at = new Date(noon).toISOString();

function kinds(generation: keyof typeof generations, data: Json, types: string[]): EventKind[] {
  return types.map((type) => ({ generation, type, data }));
}

const plan = {
  id: 'plan_1',
  product: { id: 'prod_1', title: 'Signals' },
  title: 'Monthly',
  plan_type: 'renewal',
  billing_period: 30,
  currency: 'usd',
  initial_price: 0,
  renewal_price: 29.99,
  trial_period_days: 7,
  updated_at: at,
};
const product = { id: 'prod_1', title: 'Signals', updated_at: at };
const member = { id: 'mber_1', status: 'joined', user: { id: 'user_1', username: 'ada', name: 'Ada' }, updated_at: at };
const alert = {
  id: 'dspa_1',
  alert_type: 'dispute',
  amount: 10.5,
  currency: 'usd',
  created_at: at,
  dispute: { id: 'dspt_1', amount: 10.5, currency: 'usd', status: 'warning_needs_response', created_at: at },
  payment: { id: 'pay_1', currency: 'usd', total: 29.99, usd_total: 29.99, user: { id: 'user_1', username: 'ada' } },
};
const chat = {
  audience: { type: 'channel' },
  channel: { id: 'feed_1', type: 'chat', experience_id: 'exp_1' },
  message: { id: 'post_1', content: 'hello there', created_at: at, user: { id: 'user_1', username: 'ada' } },
};
const invoice = { id: 'inv_1', status: 'paid', fetch_invoice_token: 'invoice-token', email_address: 'ada@example.com' };
const entry = {
  id: 'entry_1',
  status: 'pending',
  created_at: at,
  plan: { id: 'plan_1' },
  product: { id: 'prod_1', title: 'Signals' },
  user: { id: 'user_1', username: 'ada', name: 'Ada', email: 'ada@example.com' },
  custom_field_responses: [{ id: 'field_1', question: 'Why?', answer: 'hello there' }],
};
/** Whop has no such event yet. */
const review = { id: 'rev_1', stars: 5, title: 'hello there', description: 'hello there', user: { id: 'user_1' } };

/** Every kind of event that is read, under current, recent, legacy and older names, and some that aren't. */
export const eventKinds: readonly EventKind[] = [
  ...kinds('current', current.payment(payment()), [
    'payment.created',
    'payment.pending',
    'payment.succeeded',
    'promo_code.used',
  ]),
  ...kinds('current', current.payment(payment({ failed: true })), ['payment.failed']),
  ...kinds('recent', recent.payment(payment()), ['payment.succeeded', 'payment.authorized', 'payment.requires_action']),
  ...kinds('recent', recent.payment(payment({ failed: true })), ['payment.failed', 'payment.canceled']),
  ...kinds('legacy', legacy.payment(payment()), [
    'payment.succeeded',
    'payment_succeeded',
    'app_payment.succeeded',
    'app_payment_succeeded',
  ]),
  ...kinds('legacy', legacy.payment(payment({ failed: true })), [
    'payment.failed',
    'app_payment.failed',
    'payment_pending',
  ]),

  ...kinds('current', current.membership(membership()), [
    'membership.activated',
    'membership.trial_ending_soon',
    'membership.updated',
  ]),
  ...kinds('current', current.membership(membership()), [
    'membership.created',
    'membership.renewed',
    'access_pass.granted',
  ]),
  ...kinds('current', current.membership(membership({ status: 'canceled' })), [
    'membership.deactivated',
    'membership.cancelled',
  ]),
  ...kinds('current', current.membership(membership({ status: 'expired' })), ['membership.expired']),
  ...kinds('current', current.membership(membership({ cancelAtPeriodEnd: true })), [
    'membership.cancel_at_period_end_changed',
  ]),
  ...kinds('recent', recent.membership(membership()), ['membership.activated', 'membership.updated']),
  ...kinds('legacy', legacy.membership(membership()), [
    'membership.went_valid',
    'membership_went_valid',
    'app_membership.went_valid',
  ]),
  ...kinds('legacy', legacy.membership(membership({ status: 'expired' })), [
    'membership.went_invalid',
    'app_membership_went_invalid',
  ]),

  ...(['legacy', 'current', 'recent'] as const).flatMap((generation) => [
    ...kinds(generation, generations[generation].refund(claim({ id: 'rf_1' })), ['refund.created', 'refund.updated']),
    ...kinds(generation, generations[generation].dispute(claim({ id: 'dspt_1' })), [
      'dispute.created',
      'dispute_updated',
    ]),
  ]),
  ...kinds('current', alert, ['dispute_alert.created', 'dispute_alert_created']),
  ...kinds('current', plan, ['plan.created', 'plan.updated', 'plan.deleted']),
  ...kinds('current', product, ['product.created', 'product.updated', 'product.published']),
  ...kinds('current', member, ['member.created', 'member.updated']),
  ...kinds('current', chat, ['chat.message.created']),
  ...kinds('current', invoice, ['invoice.paid']),
  ...kinds('current', entry, ['entry.created', 'entry.approved', 'entry_denied', 'entry.deleted']),
  ...kinds('current', review, ['review.created']),
  ...kinds('current', { id: 'new_1' }, ['never.heard.of']),
];
