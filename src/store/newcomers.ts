import type { Pool } from 'pg';
import type { Span } from '../domain/calendar.ts';
import type { ActivationWindow } from '../domain/engagement/newcomers.ts';
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

type Awaited = ActivationWindow & { customerId: string };

/** Which of some customers did anything within their first days: by single activities, or by the sums of days within them. */
export async function readActivated(
  database: Queryable,
  companyId: string,
  awaited: readonly Awaited[],
): Promise<Set<string>> {
  if (awaited.length === 0) return new Set();
  const { rows } = await database.query<{ customerId: string }>(
    `with awaited as (
       select * from unnest($2::text[], $3::timestamptz[], $4::timestamptz[], $5::date[], $6::date[])
         as awaited (customer_id, since, until, first, last)
     ),
     own as (
       select awaited.*, number from awaited
       join account on company_id = $1 and platform = 'whop' and id = customer_id
       union all
       select awaited.*, number from awaited
       join account_link link on link.company_id = $1 and whop_user_id = customer_id
       join account on account.company_id = $1 and platform = 'discord' and id = discord_user_id
     )
     select distinct customer_id as "customerId" from own
     where exists (
       select from activity where company_id = $1 and account = own.number and at >= own.since and at < own.until)
     or exists (
       select from activity_people
       where company_id = $1 and day between own.first and own.last and platform = '' and channel_id = ''
         and block = own.number / 4096 and get_bit(accounts, own.number % 4096) = 1)`,
    [
      companyId,
      awaited.map(({ customerId }) => customerId),
      awaited.map(({ start }) => new Date(start)),
      awaited.map(({ end }) => new Date(end)),
      awaited.map(({ firstDay }) => firstDay),
      awaited.map(({ lastDay }) => lastDay),
    ],
  );
  return new Set(rows.map(({ customerId }) => customerId));
}
