import type { AcquisitionSum } from '../domain/marketing/acquisition.ts';
import type { AffiliateRow } from '../domain/marketing/affiliates.ts';
import type { PromoCode } from '../domain/marketing/discount.ts';
import type { PromoCodeSum } from '../domain/marketing/promo-codes.ts';
import type { Table } from './report.ts';

const currencyColumn = { key: 'currency', label: 'Currency', unit: 'text' };

export function promoCodeTable(sums: readonly PromoCodeSum[], codes: ReadonlyMap<string, PromoCode>): Table {
  return {
    key: 'promo_codes',
    title: 'Promo codes',
    columns: [
      { key: 'code', label: 'Code', unit: 'text' },
      currencyColumn,
      { key: 'payments', label: 'Payments', unit: 'count' },
      { key: 'new_customers', label: 'New customers', unit: 'count' },
      { key: 'gross_revenue', label: 'Gross revenue', unit: 'money' },
      { key: 'discount', label: 'Discount', unit: 'money' },
      { key: 'retained_30d', label: 'Paying after 30 days', unit: 'ratio' },
      { key: 'retained_90d', label: '90 days', unit: 'ratio' },
    ],
    rows: sums.map((sum) => ({
      code: codes.get(sum.promoCodeId)?.code ?? sum.promoCodeId,
      currency: sum.currency,
      payments: sum.payments,
      new_customers: sum.newCustomers,
      gross_revenue: sum.grossMinor,
      discount: sum.discountMinor,
      retained_30d: sum.retained30,
      retained_90d: sum.retained90,
    })),
  };
}

/** Whop's own sums. For staff alone: it names people. */
export function affiliateTable(rows: readonly AffiliateRow[]): Table {
  return {
    key: 'affiliates',
    title: 'Affiliates, of all time',
    columns: [
      { key: 'affiliate', label: 'Affiliate', unit: 'text' },
      currencyColumn,
      { key: 'customers', label: 'Customers', unit: 'count' },
      { key: 'gross_revenue', label: 'Gross revenue', unit: 'money' },
    ],
    rows: rows.map(({ affiliate, referrals, usdRevenueMinor }) => ({
      affiliate,
      currency: 'USD',
      customers: referrals,
      gross_revenue: usdRevenueMinor,
    })),
  };
}

/** Empty, since Whop's API tells of none. */
export function trackingLinkTable(): Table {
  return {
    key: 'tracking_links',
    title: 'Tracking links',
    columns: [
      { key: 'link', label: 'Link', unit: 'text' },
      { key: 'clicks', label: 'Clicks', unit: 'count' },
      { key: 'conversions', label: 'Conversions', unit: 'count' },
      { key: 'rate', label: 'Rate', unit: 'ratio' },
    ],
    rows: [],
  };
}

export function acquisitionTable(sums: readonly AcquisitionSum[]): Table {
  return {
    key: 'acquisition',
    title: 'How new customers came',
    columns: [
      { key: 'channel', label: 'Channel', unit: 'text' },
      currencyColumn,
      { key: 'customers', label: 'Customers', unit: 'count' },
      { key: 'gross_revenue', label: 'Gross revenue', unit: 'money' },
    ],
    rows: sums.map(({ channel, currency, customers, grossMinor }) => ({
      channel,
      currency,
      customers,
      gross_revenue: grossMinor,
    })),
  };
}
