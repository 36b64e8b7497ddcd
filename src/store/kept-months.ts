import type { PoolClient } from 'pg';
import type { Month } from '../domain/calendar.ts';
import { type Amounts, type KeptMeasure, keptMeasures } from '../domain/measures.ts';
import type { Scope } from '../domain/scope.ts';
import { selectSums } from './book-tables.ts';

/** What is kept of pairs of whole months, by the first of those that are added up: read once, they answer for several stretches. */
export type KeptMonths = readonly ({ opened: Month; closed: Month; currency: string } & Record<KeptMeasure, number>)[];

const monthLength = 'YYYY-MM'.length;

type Asked = { companyId: string; scope: Scope; currency: string };

/**
 * Of people, and of money in the reporting currency; months that no cut lies between are added up.
 *
 * @param cuts the months that are asked about
 */
export async function readKeptMonths(client: PoolClient, asked: Asked, cuts: readonly Month[]): Promise<KeptMonths> {
  const firstDays = [...new Set(cuts)].sort().map((month) => `${month}-01`);
  const { rows } = await client.query<KeptMonths[number]>(
    `select left(min(opened)::text, ${monthLength}) as opened, left(min(closed)::text, ${monthLength}) as closed, currency,
       ${selectSums(keptMeasures)} from book_kept
     where company_id = $1 and scope = $2 and opened_grain = 'month' and closed_grain = 'month' and currency in ('', $3)
     group by width_bucket(opened, $4::date[]), width_bucket(closed, $4::date[]), currency`,
    [asked.companyId, asked.scope, asked.currency, firstDays],
  );
  return rows;
}

/** The sum of openings and closings before two months, which are cuts. */
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
