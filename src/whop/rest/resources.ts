import type { Whop } from '@whop/sdk';
import type { Subject } from '../event-types.ts';

type PageQuery = { first: number; after?: string } & Since;

/** Only what was created, or last updated, after this ISO time; not every list can be asked so. */
export type Since = { created_after?: string; updated_after?: string };

type List = (
  client: Whop,
  /** Of the company, or of the product. */
  ownerId: string,
  page: PageQuery,
  options: { signal: AbortSignal },
) => { asResponse(): Promise<Response> };

/** A list that Whop has of a company, or of each of its products. */
export type Resource = {
  /** As Whop's API names it. */
  name: string;
  /** Of which thing Whop has one such list; products are those that are known once their own list is read. */
  of: 'company' | 'product';
  /** What its rows describe: each is read as the payload of an event about that. */
  subject: Subject;
  /** What an API key needs for it; null where Whop names nothing. */
  permission: string | null;
  /** Whop's newer lists want the company as `account_id`, the older ones as `company_id`. */
  list: List;
};

/**
 * Oldest first: what comes into being meanwhile is found at the end, and moves no page that is still to be read. Lists that
 * can't be asked for this come newest first, where it moves rows to a later page: one may be read twice, and none is missed.
 */
const ascending = { direction: 'asc' } as const;
const oldestFirst = { order: 'created_at', ...ascending } as const;

/** All that is read of a company's history, in this order: what figures about money need comes first. */
export const resources: readonly Resource[] = [
  {
    name: 'products',
    of: 'company',
    subject: 'product',
    permission: 'access_pass:basic:read',
    list: ({ products }, account_id, page, options) => products.list({ account_id, ...oldestFirst, ...page }, options),
  },
  {
    name: 'plans',
    of: 'company',
    subject: 'plan',
    permission: 'plan:basic:read',
    list: ({ plans }, account_id, page, options) => plans.list({ account_id, ...oldestFirst, ...page }, options),
  },
  {
    name: 'members',
    of: 'company',
    subject: 'member',
    permission: 'member:basic:read',
    list: ({ members }, company_id, page, options) => members.list({ company_id, ...oldestFirst, ...page }, options),
  },
  {
    name: 'memberships',
    of: 'company',
    subject: 'membership',
    permission: 'member:basic:read',
    list: ({ memberships }, company_id, page, options) =>
      memberships.list({ company_id, ...oldestFirst, ...page }, options),
  },
  {
    name: 'payments',
    of: 'company',
    subject: 'payment',
    permission: 'payment:basic:read',
    // A payment of zero is a price, too.
    list: ({ payments }, company_id, page, options) =>
      payments.list({ company_id, include_free: true, ...oldestFirst, ...page }, options),
  },
  {
    name: 'refunds',
    of: 'company',
    subject: 'refund',
    permission: 'payment:basic:read',
    list: ({ refunds }, company_id, page, options) => refunds.list({ company_id, ...ascending, ...page }, options),
  },
  {
    name: 'disputes',
    of: 'company',
    subject: 'dispute',
    permission: 'payment:dispute:read',
    list: ({ disputes }, company_id, page, options) => disputes.list({ company_id, ...ascending, ...page }, options),
  },
  {
    name: 'promo_codes',
    of: 'company',
    subject: 'promo_code',
    permission: 'promo_code:basic:read and access_pass:basic:read',
    list: ({ promoCodes }, company_id, page, options) => promoCodes.list({ company_id, ...page }, options),
  },
  {
    name: 'affiliates',
    of: 'company',
    subject: 'affiliate',
    permission: 'affiliate:basic:read',
    list: ({ affiliates }, company_id, page, options) =>
      affiliates.list({ company_id, ...oldestFirst, ...page }, options),
  },
  {
    name: 'entries',
    of: 'company',
    subject: 'entry',
    // The addresses are never kept, but Whop wants the permission for the list itself.
    permission: 'plan:waitlist:read and member:email:read',
    list: ({ entries }, company_id, page, options) =>
      entries.list(
        { company_id, statuses: ['drafted', 'pending', 'approved', 'denied'], ...oldestFirst, ...page },
        options,
      ),
  },
  {
    name: 'reviews',
    of: 'product',
    subject: 'review',
    permission: null,
    list: ({ reviews }, product_id, page, options) => reviews.list({ product_id, ...page }, options),
  },
];
