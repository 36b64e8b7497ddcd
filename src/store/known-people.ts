import type { Pool } from 'pg';
import type { AccountLink } from '../domain/account-link.ts';
import type { Platform } from '../domain/activity.ts';
import type { AccountSet } from '../domain/engagement/account-set.ts';
import type { LinkedAccounts } from '../domain/engagement/people.ts';
import type { Instant } from '../domain/facts.ts';
import type { Stock } from '../domain/measures.ts';
import type { Scope } from '../domain/scope.ts';
import { columnOf } from './book-tables.ts';

type Queryable = Pick<Pool, 'query'>;

/** Whose Discord user and whose Whop user are the same person. */
export type Link = Pick<AccountLink, 'discordUserId' | 'whopUserId'>;

/** The accounts of those links of which both have been active at some time. */
export async function readLinkedAccounts(
  database: Queryable,
  companyId: string,
  links: readonly Link[],
): Promise<LinkedAccounts[]> {
  if (links.length === 0) return [];
  const { rows } = await database.query<LinkedAccounts>(
    `select discord.number as discord, whop.number as whop
     from unnest($2::text[], $3::text[]) as link (discord_id, whop_id)
     join account discord on discord.company_id = $1 and discord.platform = 'discord' and discord.id = discord_id
     join account whop on whop.company_id = $1 and whop.platform = 'whop' and whop.id = whop_id`,
    [companyId, ...columnsOf(links)],
  );
  return rows;
}

type AskedStanding = {
  companyId: string;
  scope: Scope;
  stock: Stock;
  at: Instant;
  active: AccountSet;
  links: readonly Link[];
};

/** How many people in a set of accounts Whop knows, and how many of these a stock of people counts at an instant. */
export async function countKnown(
  database: Queryable,
  { companyId, scope, stock, at, active, links }: AskedStanding,
): Promise<{ known: number; standing: number }> {
  const { rows } = await database.query<{ known: number; standing: number }>(
    // In bytes, Postgres counts the bits of each from the right.
    `with present as (
       select platform, id from account
       where company_id = $1 and case when number < 8 * length($2::bytea) then get_bit($2::bytea, number # 7) = 1 end
     ),
     people as (
       select id as customer_id from present where platform = 'whop'
       union
       select whop_id from present
       join unnest($3::text[], $4::text[]) as link (discord_id, whop_id) on platform = 'discord' and id = discord_id
     )
     select count(*) as known, count(*) filter (where own.amount > 0) as standing
     from people cross join lateral (
       select sum(${columnOf(stock)}) as amount from book_stock
       where company_id = $1 and customer_id = people.customer_id and scope = $5 and currency = '' and at <= $6) own`,
    [companyId, Buffer.from(active), ...columnsOf(links), scope, new Date(at)],
  );
  return rows[0] ?? { known: 0, standing: 0 };
}

/** The Discord users of links, and the Whop users beside them. */
export function columnsOf(links: readonly Link[]): [discord: string[], whop: string[]] {
  return [links.map(({ discordUserId }) => discordUserId), links.map(({ whopUserId }) => whopUserId)];
}

/** Whether anybody was ever active on a platform. */
export async function hasAccounts(database: Queryable, companyId: string, platform: Platform): Promise<boolean> {
  const { rows } = await database.query<{ some: boolean }>(
    'select exists (select from account where company_id = $1 and platform = $2) as some',
    [companyId, platform],
  );
  return rows[0]?.some ?? false;
}
