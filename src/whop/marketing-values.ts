import { toMinor } from '../domain/money.ts';
import type { Reader } from './reader.ts';
import type { Values } from './values.ts';

/** Of a promo code, in a list or as a payment tells it, where the currency and the months have names of their own. */
export function promoCodeValues(data: Reader): Values<'promo_code'> {
  const currency = data.text('currency', 'base_currency')?.toUpperCase();
  const promoType = data.text('promo_type');
  const unlimited = data.flag('unlimited_stock');
  return {
    code: data.text('code'),
    productId: data.reference('product'),
    status: data.text('status'),
    promoType,
    currency,
    amountOffMinor: promoType === 'flat_amount' ? data.money(currency, 'amount_off') : undefined,
    // In hundredths of a percent, as dollars are in hundredths.
    percentOffBasisPoints: promoType === 'percentage' ? data.money('USD', 'amount_off') : undefined,
    duration: data.text('duration'),
    durationMonths: data.integer('promo_duration_months', 'number_of_intervals'),
    uses: data.integer('uses'),
    stock: unlimited === true ? null : data.integer('stock'),
    unlimitedStock: unlimited,
    createdAt: data.instant('created_at'),
    expiresAt: data.instant('expires_at'),
  };
}

export function affiliateValues(data: Reader): Values<'affiliate'> {
  return {
    userId: data.reference('user'),
    status: data.text('status'),
    referralsCount: data.integer('total_referrals_count'),
    activeMembersCount: data.integer('active_members_count'),
    usdRevenueMinor: centsOf(data.text('total_revenue_usd')),
    usdMrrMinor: centsOf(data.text('monthly_recurring_revenue_usd')),
    usdEarningsMinor: centsOf(data.text('total_referral_earnings_usd')),
    createdAt: data.instant('created_at'),
  };
}

/** Neither the answers to its questions nor an e-mail address. */
export function entryValues(data: Reader, deleted: boolean): Values<'waitlist_entry'> {
  return {
    userId: data.reference('user'),
    planId: data.reference('plan'),
    productId: data.reference('product'),
    status: deleted ? 'deleted' : data.text('status'),
    createdAt: data.instant('created_at'),
  };
}

/** Not a word of what was written: the title of a review is text, too. */
export function reviewValues(data: Reader): Values<'review'> {
  return {
    userId: data.reference('user'),
    productId: data.reference('product'),
    stars: data.integer('stars'),
    status: data.text('status'),
    paidForProduct: data.flag('paid_for_product'),
    createdAt: data.instant('created_at'),
    publishedAt: data.instant('published_at'),
  };
}

const formattedUsd = /^(-?)\$?(-?)(\d{1,3}(?:,\d{3})*|\d+)(\.\d{1,2})?$/;

/** Whop formats an affiliate's sums for people: "$1,234.50". What can't be read to the cent is not known. */
function centsOf(text: string | null | undefined): number | null {
  const [, before = '', behind = '', whole, fraction = ''] = formattedUsd.exec(text?.trim() ?? '') ?? [];
  if (whole === undefined || before + behind === '--') return null;
  return toMinor(`${before}${behind}${whole.replaceAll(',', '')}${fraction}`, 'USD');
}
