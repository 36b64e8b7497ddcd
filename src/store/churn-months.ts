import type { PoolClient } from 'pg';
import { type Month, monthOf, nextMonth } from '../domain/calendar.ts';
import type { Scope } from '../domain/scope.ts';
import { type KeptMonths, keptBetween } from './kept-months.ts';

/** Of a month: how many customers paid at its start, and how many of those don't at its end. */
export type ChurnMonth = { customers: number; lost: number };

type Asked = { companyId: string; scope: Scope };

/** Each of some whole months. */
export async function readChurnMonths(
  client: PoolClient,
  asked: Asked,
  { months, kept: asKept }: { months: readonly Month[]; kept: Promise<KeptMonths> },
): Promise<Map<Month, ChurnMonth>> {
  const [changes, kept] = await Promise.all([readPayingChanges(client, asked), asKept]);
  return new Map(
    months.map((month) => {
      const customers = changes.filter((change) => change.month < month).reduce((sum, { amount }) => sum + amount, 0);
      const { lost_customers: lost } = keptBetween(kept, month, nextMonth(month));
      return [month, { customers, lost }];
    }),
  );
}

/** How the number of paying customers changed in each month. */
async function readPayingChanges(client: PoolClient, { companyId, scope }: Asked) {
  const { rows } = await client.query<{ day: string; amount: number }>(
    `select day::text as day, paying_customers as amount from book_day
     where company_id = $1 and scope = $2 and grain = 'month' and currency = '' and paying_customers <> 0`,
    [companyId, scope],
  );
  return rows.map(({ day, amount }) => ({ month: monthOf(day), amount }));
}
