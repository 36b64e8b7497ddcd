import type { MemberListResponse } from '@whop/sdk/resources/members.js';
import type { PlanListResponse } from '@whop/sdk/resources/plans.js';
import type { ProductListItem } from '@whop/sdk/resources/shared.js';
import type { Json } from '../../../../src/ingest/delivery.ts';
import { current } from '../current.ts';
import { iso } from '../generation.ts';
import { type ClaimSketch, companyId, type MembershipSketch, type PaymentSketch } from '../sketch.ts';

/** Rows as Whop's lists have them: what its webhooks send, without some of it. */

export function paymentRow(sketch: PaymentSketch): Json {
  return without(current.payment(sketch), [
    ...['disputes', 'refunds', 'resolutions', 'risk_score', 'risk_signals', 'three_ds_verified'],
    ...['settlement_amount', 'settlement_exchange_rate', 'tax_refunded_amount'],
    ...['financing_installments_count', 'financing_transactions'],
  ]);
}

export function membershipRow(sketch: MembershipSketch): Json {
  return without(current.membership(sketch), ['custom_field_responses']);
}

export function refundRow(sketch: ClaimSketch): Json {
  return { ...without(current.refund(sketch), []), payment: { id: sketch.payment.id } };
}

export function disputeRow(sketch: ClaimSketch): Json {
  const evidence = /attachment|disclosure|address|customer|access_activity_log|notes|explanation|description|service/;
  const whole = without(current.dispute(sketch), []);
  const names = Object.keys(whole).filter((name) => evidence.test(name));
  return { ...without(whole, names), payment: { id: sketch.payment.id } };
}

type Sold = { id: string; at: number };

export function productRow({ id, at }: Sold): Json {
  return {
    id,
    created_at: iso(at),
    external_identifier: null,
    gallery_images: [],
    headline: null,
    member_count: 3,
    metadata: {},
    published_reviews_count: 0,
    route: 'signals',
    title: 'Signals',
    updated_at: iso(at),
    verified: true,
    visibility: 'visible',
  } satisfies ProductListItem;
}

export function planRow({ id, at, productId = 'prod_1' }: Sold & { productId?: string }): Json {
  return {
    ...untoldOfPlan,
    id,
    account: { id: companyId, title: 'Tide Club' },
    billing_period: 30,
    created_at: iso(at),
    currency: 'usd',
    initial_price: 0,
    plan_type: 'renewal',
    product: { id: productId, title: 'Signals' },
    purchase_url: `https://whop.example/${id}`,
    renewal_price: 29.99,
    title: 'Monthly',
    trial_period_days: null,
    updated_at: iso(at),
  } satisfies PlanListResponse;
}

const untoldOfPlan = {
  adaptive_pricing_enabled: false,
  description: null,
  expiration_days: null,
  internal_notes: null,
  invoice: null,
  member_count: null,
  metadata: null,
  payment_method_configuration: null,
  release_method: 'buy_now',
  split_pay_required_payments: null,
  stock: null,
  three_ds_level: null,
  unlimited_stock: true,
  visibility: 'visible',
};

export function memberRow({ userId, at, name = 'Ada' }: { userId: string; at: number; name?: string }): Json {
  return {
    id: `mber_${userId}`,
    access_level: 'customer',
    company_token_balance: 0,
    created_at: iso(at),
    joined_at: iso(at),
    most_recent_action: null,
    most_recent_action_at: null,
    phone: '+15550109999',
    status: 'joined',
    updated_at: iso(at),
    usd_total_spent: 29.99,
    user: { id: userId, email: `${userId}@example.com`, name, username: `${userId}_name` },
  } satisfies MemberListResponse;
}

function without(row: Json, names: readonly string[]): Record<string, Json | undefined> {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) throw new Error('no row');
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}
