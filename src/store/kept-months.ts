import type { PoolClient } from 'pg';
import type { Month } from '../domain/calendar.ts';
import { type Amounts, type KeptMeasure, keptMeasures } from '../domain/measures.ts';
import type { Scope } from '../domain/scope.ts';
import { selectMeasures } from './book-tables.ts';

/** What is kept of pairs of whole months, which are few: read once, they answer for any number of stretches. */
export type KeptMonths = readonly ({ opened: Month; closed: Month; currency: string } & Record<KeptMeasure, number>)[];

const monthLength = 'YYYY-MM'.length;

type Asked = { companyId: string; scope: Scope; currency: string };

/** Of people, and of money in the reporting currency. */
export async function readKeptMonths(client: PoolClient, asked: Asked): Promise<KeptMonths> {
  const { rows } = await client.query<KeptMonths[number]>(
    `select left(opened::text, ${monthLength}) as opened, left(closed::text, ${monthLength}) as closed, currency,
       ${selectMeasures(keptMeasures)} from book_kept
     where company_id = $1 and scope = $2 and opened_grain = 'month' and closed_grain = 'month' and currency in ('', $3)`,
    [asked.companyId, asked.scope, asked.currency],
  );
  return rows;
}

/** The sum of openings and closings before two months. */
export function keptBefore(months: KeptMonths, opened: Month, closed: Month): Map<string, Amounts<KeptMeasure>> {
  const sums = new Map<string, Record<KeptMeasure, number>>();
  for (const corner of months) {
    if (corner.opened >= opened || corner.closed >= closed) continue;
    const sum = sums.get(corner.currency) ?? { ...noneKept };
    sums.set(corner.currency, sum);
    for (const measure of keptMeasures) sum[measure] += corner[measure];
  }
  return sums;
}

const noneKept: Readonly<Record<KeptMeasure, number>> = {
  lost_customers: 0,
  lost_members: 0,
  mrr_change: 0,
  mrr_loss: 0,
};
