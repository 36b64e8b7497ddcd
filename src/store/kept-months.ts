import type { PoolClient } from 'pg';
import type { Month } from '../domain/calendar.ts';
import { type KeptMeasure, keptMeasures } from '../domain/measures.ts';
import type { Scope } from '../domain/scope.ts';
import { type KeptSums, noneKept, selectKeptSums } from './kept-sums.ts';

/** What is kept of pairs of whole months, by the first of those that are added up: read once, they answer for several stretches. */
export type KeptMonths = readonly ({ opened: Month; closed: Month } & KeptSums)[];

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
    `select left(min(opened)::text, ${monthLength}) as opened, left(min(closed)::text, ${monthLength}) as closed,
       ${selectKeptSums} from book_kept
     where company_id = $1 and scope = $2 and opened_grain = 'month' and closed_grain = 'month'
       and opened >= ($4::date[])[1] and currency in ('', $3)
     group by width_bucket(opened, $4::date[]), width_bucket(closed, $4::date[])`,
    [asked.companyId, asked.scope, asked.currency, firstDays],
  );
  return rows;
}

/** What became before the second of two months, which are cuts, of those who were there at the start of the first. */
export function keptBetween(months: KeptMonths, opened: Month, closed: Month): KeptSums {
  const sums: Record<KeptMeasure, number> = { ...noneKept };
  for (const corner of months) {
    if (corner.opened < opened || corner.closed >= closed) continue;
    for (const measure of keptMeasures) sums[measure] += corner[measure];
  }
  return sums;
}
