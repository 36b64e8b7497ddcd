import type { Pool } from 'pg';
import type { Span } from '../domain/calendar.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Amounts, Stock } from '../domain/measures.ts';
import { wholeCompany } from '../domain/scope.ts';

type Queryable = Pick<Pool, 'query'>;
type MemberChange = { customerId: string; at: number; amounts: Amounts<Stock> };

/** When each person who came to be a member within a span came and went at any time, oldest first. */
export async function readMemberChanges(
  database: Queryable,
  companyId: string,
  { start, end }: Span,
): Promise<Map<string, MemberChange[]>> {
  const { rows } = await database.query<{ customerId: string; at: number; members: number }>(
    `select customer_id as "customerId", (date_part('epoch', at) * 1000)::bigint as at, members
     from book_stock where company_id = $1 and scope = $2 and currency = '' and members <> 0 and customer_id in (
       select customer_id from book_stock
       where company_id = $1 and at >= $3 and at < $4 and scope = $2 and currency = '' and members > 0)
     order by customer_id, at`,
    [companyId, wholeCompany, new Date(start), new Date(end)],
  );
  const changes = rows.map(({ customerId, at, members }) => ({ customerId, at, amounts: { members } }));
  return groupBy(changes, ({ customerId }) => customerId);
}

/** An account of a customer, and whether it did anything within a span of the customer's, by single activities. */
export type AwaitedAccount = { customerId: string; account: number; acted: boolean };

/** The accounts of some customers, of each with a span. */
export async function readAwaitedAccounts(
  database: Queryable,
  companyId: string,
  awaited: readonly (Span & { customerId: string })[],
): Promise<AwaitedAccount[]> {
  if (awaited.length === 0) return [];
  const { rows } = await database.query<AwaitedAccount>(
    `select customer_id as "customerId", number as account, exists (
       select from activity where company_id = $1 and account = number and at >= since and at < until) as acted
     from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as awaited (customer_id, since, until)
       cross join lateral (
         select number from account where company_id = $1 and platform = 'whop' and id = customer_id
         union all
         select number from account_link link
           join account on account.company_id = $1 and platform = 'discord' and id = discord_user_id
         where link.company_id = $1 and whop_user_id = customer_id) own`,
    [
      companyId,
      awaited.map(({ customerId }) => customerId),
      awaited.map(({ start }) => new Date(start)),
      awaited.map(({ end }) => new Date(end)),
    ],
  );
  return rows;
}
