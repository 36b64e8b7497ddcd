import type { Pool } from 'pg';
import type { Span } from '../domain/calendar.ts';
import { accountsOf, unite } from '../domain/engagement/account-set.ts';
import type { ActivityDay } from '../domain/engagement/activity-view.ts';
import type { Instant } from '../domain/facts.ts';
import { type KindRow, kindSums } from './activity-days.ts';

type Queryable = Pick<Pool, 'query'>;

/** Since when single activities are kept; those of earlier months are in the sums alone. */
export async function readKeptFrom(database: Queryable): Promise<Instant> {
  const { rows } = await database.query<{ month: string | null }>(
    `select min(right(relid::regclass::text, 7)) as month from pg_partition_tree('activity') where level = 1`,
  );
  const month = rows[0]?.month?.replace('_', '-') ?? null;
  return month === null ? Number.POSITIVE_INFINITY : Date.parse(`${month}-01T00:00:00Z`);
}

/** Whether anything was done within a span, by the activities themselves. */
export async function hasActivities(database: Queryable, companyId: string, { start, end }: Span): Promise<boolean> {
  const { rows } = await database.query<{ some: boolean }>(
    'select exists (select from activity where company_id = $1 and at >= $2 and at < $3) as some',
    [companyId, new Date(start), new Date(end)],
  );
  return rows[0]?.some ?? false;
}

/** What was done within any span, and by whom, by the activities themselves: each of them is looked at once. */
export async function readActivity(database: Queryable, companyId: string, { start, end }: Span): Promise<ActivityDay> {
  const { rows } = await database.query<KindRow & { accounts: Buffer }>(
    `select kind, count(*) as count, sum(seconds)::bigint as seconds, string_agg(int4send(account), '') as accounts
     from activity where company_id = $1 and at >= $2 and at < $3 group by kind`,
    [companyId, new Date(start), new Date(end)],
  );
  return { kinds: kindSums(rows), people: unite(rows.map(({ accounts }) => accountsOf(numbersIn(accounts)))) };
}

/** Numbers as Postgres sends them, four bytes each. */
function numbersIn(sent: Buffer): Uint32Array {
  return Uint32Array.from({ length: sent.length / 4 }, (_, i) => sent.readUInt32BE(4 * i));
}
