import type { Whop } from '@whop/sdk';
import type { Subject } from '../event-types.ts';

/** Oldest first: what comes into being meanwhile is found at the end, and moves no page that is still to be read. */
type PageQuery = { first: number; after?: string; direction: 'asc' } & Since;

/** Only what was created, or last updated, after this ISO time; not every list can be asked so. */
export type Since = { created_after?: string; updated_after?: string };

type List = (
  client: Whop,
  companyId: string,
  page: PageQuery,
  options: { signal: AbortSignal },
) => { asResponse(): Promise<Response> };

/** A list that Whop has of a company. */
export type Resource = {
  /** As Whop's API names it. */
  name: string;
  /** What its rows describe: each is read as the payload of an event about that. */
  subject: Subject;
  /** What an API key needs for it. */
  permission: string;
  /** Whop's newer lists want the company as `account_id`, the older ones as `company_id`. */
  list: List;
};

/** All that is read of a company's history, in this order. */
export const resources: readonly Resource[] = [
  {
    name: 'products',
    subject: 'product',
    permission: 'access_pass:basic:read',
    list: ({ products }, account_id, page, options) =>
      products.list({ account_id, order: 'created_at', ...page }, options),
  },
  {
    name: 'plans',
    subject: 'plan',
    permission: 'plan:basic:read',
    list: ({ plans }, account_id, page, options) => plans.list({ account_id, order: 'created_at', ...page }, options),
  },
  {
    name: 'members',
    subject: 'member',
    permission: 'member:basic:read',
    list: ({ members }, company_id, page, options) =>
      members.list({ company_id, order: 'created_at', ...page }, options),
  },
  {
    name: 'memberships',
    subject: 'membership',
    permission: 'member:basic:read',
    list: ({ memberships }, company_id, page, options) =>
      memberships.list({ company_id, order: 'created_at', ...page }, options),
  },
  {
    name: 'payments',
    subject: 'payment',
    permission: 'payment:basic:read',
    // A payment of zero is a price, too.
    list: ({ payments }, company_id, page, options) =>
      payments.list({ company_id, include_free: true, order: 'created_at', ...page }, options),
  },
  {
    name: 'refunds',
    subject: 'refund',
    permission: 'payment:basic:read',
    list: ({ refunds }, company_id, page, options) => refunds.list({ company_id, ...page }, options),
  },
  {
    name: 'disputes',
    subject: 'dispute',
    permission: 'payment:dispute:read',
    list: ({ disputes }, company_id, page, options) => disputes.list({ company_id, ...page }, options),
  },
];
