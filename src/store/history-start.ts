import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';

/** Where a company's history begins. */
export type HistoryStart = {
  /** The first change that Whop told when it happened; null where Whop's list of all memberships was read as well. */
  toldSince: Instant | null;
  firstMembershipAt: Instant | null;
};

export async function readHistoryStart(database: Pick<Pool, 'query'>, companyId: string): Promise<HistoryStart> {
  const { rows } = await database.query<HistoryStart>(
    `select
       case when not exists (
         select from backfill_progress
         where company_id = $1 and resource = 'memberships' and finished_at is not null)
       then (select (extract(epoch from min(at)) * 1000)::bigint from membership_change where company_id = $1) end as "toldSince",
       (select (extract(epoch from min(created_at)) * 1000)::bigint from membership where company_id = $1) as "firstMembershipAt"`,
    [companyId],
  );
  return rows[0] ?? { toldSince: null, firstMembershipAt: null };
}
