import type { PoolClient } from 'pg';
import { type Month, monthOf } from '../domain/calendar.ts';
import type { Scope } from '../domain/scope.ts';

/** Of a month: how many customers paid at its start, and how many of those don't at its end. */
export type ChurnMonth = { customers: number; lost: number };

type Asked = { companyId: string; scope: Scope };

/** Each of some whole months in which anything is known. */
export async function readChurnMonths(
  client: PoolClient,
  { companyId, scope }: Asked,
  months: readonly Month[],
): Promise<Map<Month, ChurnMonth>> {
  const { rows } = await client.query<ChurnMonth & { month: string }>(
    `select month::text, coalesce(customers, 0)::bigint as customers, coalesce(lost, 0)::bigint as lost
     from unnest($3::date[]) as month
       cross join lateral (
         select sum(paying_customers) as customers from book_day
         where company_id = $1 and scope = $2 and grain = 'month' and day < month and currency = '') opening
       cross join lateral (
         select sum(lost_customers) as lost from book_kept
         where company_id = $1 and scope = $2 and opened_grain = 'month' and opened < month
           and closed_grain = 'month' and closed <= month and currency = '') kept`,
    [companyId, scope, months.map((month) => `${month}-01`)],
  );
  return new Map(rows.map(({ month, customers, lost }) => [monthOf(month), { customers, lost }]));
}
