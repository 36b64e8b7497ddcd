import type { Pool } from 'pg';
import type { Platform } from '../domain/activity.ts';
import type { AccountSet } from '../domain/engagement/account-set.ts';
import type { LinkedAccounts } from '../domain/engagement/people.ts';
import type { Instant } from '../domain/facts.ts';
import type { Stock } from '../domain/measures.ts';
import type { Scope } from '../domain/scope.ts';
import { columnOf } from './book-tables.ts';

type Queryable = Pick<Pool, 'query'>;

/** The accounts of those who are linked and have been active on both platforms at some time. */
export async function readLinkedAccounts(database: Queryable, companyId: string): Promise<LinkedAccounts[]> {
  const { rows } = await database.query<LinkedAccounts>(
    `select discord.number as discord, whop.number as whop
     from account_link link
     join account discord on discord.company_id = $1 and discord.platform = 'discord' and discord.id = discord_user_id
     join account whop on whop.company_id = $1 and whop.platform = 'whop' and whop.id = whop_user_id
     where link.company_id = $1`,
    [companyId],
  );
  return rows;
}

type Moment = { active: AccountSet; at: Instant };
type Known = { known: number; standing: number };
type KnownRow = { knownNow: number; standingNow: number; knownBefore: number; standingBefore: number };

/**
 * How many people in a set of accounts Whop knows, and how many of these a stock of people counts at an instant: for two sets,
 * each with its instant, since looking customers up is what takes long. Whether each of them is looked up, or all of the company's
 * are read, is left to the planner: where most are active, the latter is faster. Either reads `book_stock_people_idx` alone.
 */
export async function countKnown(
  database: Queryable,
  { companyId, scope, stock }: { companyId: string; scope: Scope; stock: Stock },
  { now, before }: { now: Moment; before: Moment },
): Promise<{ now: Known; before: Known }> {
  const { rows } = await database.query<KnownRow>(knownStatement(stock), [
    companyId,
    Buffer.from(now.active),
    new Date(now.at),
    Buffer.from(before.active),
    new Date(before.at),
    scope,
  ]);
  const { knownNow = 0, standingNow = 0, knownBefore = 0, standingBefore = 0 } = rows[0] ?? {};
  return {
    now: { known: knownNow, standing: standingNow },
    before: { known: knownBefore, standing: standingBefore },
  };
}

/** In bytes, Postgres counts the bits of each from the right. */
const isIn = (set: string) =>
  `case when number < 8 * length(${set}) then get_bit(${set}, number # 7) = 1 else false end`;

/** One person counts once, so that the sums need no bigint, which Postgres would add up as numeric. */
const knownStatement = (stock: Stock) => `
  with own as (
    select coalesce(whop_user_id, id) as customer_id, ${isIn('$2::bytea')} as now, ${isIn('$4::bytea')} as before
    from account
    left join account_link link on link.company_id = $1 and platform = 'discord' and discord_user_id = id
    where account.company_id = $1 and (platform = 'whop' or whop_user_id is not null)
  ),
  people as (
    select customer_id, bool_or(now) as now, bool_or(before) as before from own where now or before group by customer_id
  )
  select
    count(*) filter (where now) as "knownNow",
    count(*) filter (where now and amount_now > 0) as "standingNow",
    count(*) filter (where before) as "knownBefore",
    count(*) filter (where before and amount_before > 0) as "standingBefore"
  from (
    select bool_or(people.now) as now, bool_or(people.before) as before,
      sum(${columnOf(stock)}::int) filter (where at <= $3) as amount_now,
      sum(${columnOf(stock)}::int) filter (where at <= $5) as amount_before
    from people left join book_stock stocks
      on stocks.company_id = $1 and stocks.customer_id = people.customer_id and scope = $6 and currency = ''
    group by people.customer_id) standing`;

/** Whether anybody was ever active on a platform. */
export async function hasAccounts(database: Queryable, companyId: string, platform: Platform): Promise<boolean> {
  const { rows } = await database.query<{ some: boolean }>(
    // The least of them stands in the key; whether any exists, Postgres would rather look for in the table.
    'select min(id) is not null as some from account where company_id = $1 and platform = $2',
    [companyId, platform],
  );
  return rows[0]?.some ?? false;
}
