import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';

/** How much is stored about somebody, by what it is. */
export type StoredAbout = {
  activities: number;
  /** Of their oldest activity that is still stored. */
  activitiesSince: Instant | null;
  memberships: number;
  payments: number;
  scores: number;
  optedOutSince: Instant | null;
};

/** Of an account that there isn't, the id is ''. */
export async function readStoredAbout(
  database: Pick<Pool, 'query'>,
  { companyId, discordUserId, whopUserId }: { companyId: string; discordUserId: string; whopUserId: string },
): Promise<StoredAbout> {
  const { rows } = await database.query<StoredAbout>(
    `with own as (
       select number from account where company_id = $1
         and ((platform = 'discord' and id = $2) or (platform = 'whop' and id = $3))),
     done as (
       select count(*) as count, min(at) as since from activity
       where company_id = $1 and account in (select number from own))
     select done.count as activities, (extract(epoch from done.since) * 1000)::bigint as "activitiesSince",
       (select count(*) from membership where company_id = $1 and user_id = $3) as memberships,
       (select count(*) from payment where company_id = $1 and user_id = $3) as payments,
       (select count(*) from churn_score where company_id = $1 and member_id = $3) as scores,
       (select (extract(epoch from min(since)) * 1000)::bigint from opted_out where company_id = $1
         and ((platform = 'discord' and user_id = $2) or (platform = 'whop' and user_id = $3))) as "optedOutSince"
     from done`,
    [companyId, discordUserId, whopUserId],
  );
  const [stored] = rows;
  if (stored === undefined) throw new Error('the sums of one person are always one row');
  return stored;
}
