import type { PoolClient } from 'pg';
import { type Month, monthOf } from '../domain/calendar.ts';
import type { Scope } from '../domain/scope.ts';

/** Of a month: how many customers paid at its start, and how many of those don't at its end. */
export type ChurnMonth = { customers: number; lost: number };

type Asked = { companyId: string; scope: Scope };

/** Each of some whole months. */
export async function readChurnMonths(
  client: PoolClient,
  asked: Asked,
  months: readonly Month[],
): Promise<Map<Month, ChurnMonth>> {
  const changes = await readPayingChanges(client, asked);
  const corners = await readLostCorners(client, asked);
  return new Map(
    months.map((month) => {
      const customers = changes.filter((change) => change.month < month);
      const lost = corners.filter(({ opened, closed }) => opened < month && closed <= month);
      return [month, { customers: sumOf(customers), lost: sumOf(lost) }];
    }),
  );
}

function sumOf(changes: readonly { amount: number }[]): number {
  return changes.reduce((sum, { amount }) => sum + amount, 0);
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

async function readLostCorners(client: PoolClient, { companyId, scope }: Asked) {
  const { rows } = await client.query<{ opened: string; closed: string; amount: number }>(
    `select opened::text as opened, closed::text as closed, lost_customers as amount from book_kept
     where company_id = $1 and scope = $2 and opened_grain = 'month' and closed_grain = 'month'
       and currency = '' and lost_customers <> 0`,
    [companyId, scope],
  );
  return rows.map(({ opened, closed, amount }) => ({ opened: monthOf(opened), closed: monthOf(closed), amount }));
}
