import type { AffiliateListResponse } from '@whop/sdk/resources/affiliates/affiliates.js';
import type { EntryListResponse } from '@whop/sdk/resources/entries.js';
import type { PromoCodeListResponse } from '@whop/sdk/resources/promo-codes.js';
import type { ReviewListResponse } from '@whop/sdk/resources/reviews.js';
import type { Json } from '../../../../src/ingest/delivery.ts';
import { iso } from '../generation.ts';
import { companyId, noon } from '../sketch.ts';

type Differs = { id: string } & { [key: string]: Json };

/** Twenty percent off the first three months. */
export function promoCodeRow(differs: Differs): Json {
  const row = {
    id: '',
    amount_off: 20,
    churned_users_only: false,
    code: 'TIDE20',
    created_at: iso(noon),
    currency: 'usd',
    duration: 'repeating',
    existing_memberships_only: false,
    expires_at: null,
    new_users_only: true,
    one_per_customer: true,
    product: { id: 'prod_1', title: 'Signals' },
    promo_duration_months: 3,
    promo_type: 'percentage',
    status: 'active',
    stock: 50,
    unlimited_stock: false,
    uses: 7,
  } satisfies PromoCodeListResponse;
  return { ...row, ...differs };
}

export function affiliateRow(differs: Differs): Json {
  const row = {
    id: '',
    active_members_count: 4,
    company: { id: companyId, title: 'Tide Club' },
    created_at: iso(noon),
    customer_retention_rate: '57.1%',
    customer_retention_rate_ninety_days: '42.9%',
    monthly_recurring_revenue_usd: '$119.96',
    status: 'active',
    total_overrides_count: 0,
    total_referral_earnings_usd: '$370.35',
    total_referrals_count: 7,
    total_revenue_usd: '$1,234.50',
    updated_at: iso(noon),
    user: { id: 'user_aff', name: 'Ava', username: 'ava_tells' },
  } satisfies AffiliateListResponse;
  return { ...row, ...differs };
}

export function entryRow(differs: Differs): Json {
  const row = {
    id: '',
    created_at: iso(noon),
    plan: { id: 'plan_1' },
    product: { id: 'prod_1', title: 'Signals' },
    status: 'pending',
    user: { id: 'user_5', email: 'waiting@example.com', name: 'Wim', username: 'wim' },
  } satisfies EntryListResponse;
  return { ...row, ...differs };
}

export const reviewWords = { title: 'Tidal wisdom', description: 'Worth every shell I have ever paid.' };

export function reviewRow(differs: Differs): Json {
  const row = {
    id: '',
    ...reviewWords,
    attachments: [{ id: 'att_1', content_type: 'image/png', filename: 'shell.png', url: 'https://whop.example/shell' }],
    created_at: iso(noon),
    joined_at: iso(noon),
    paid_for_product: true,
    published_at: iso(noon),
    stars: 5,
    status: 'published',
    updated_at: iso(noon),
    user: { id: 'user_1', name: 'Ada', username: 'ada' },
  } satisfies ReviewListResponse;
  return { ...row, ...differs };
}
