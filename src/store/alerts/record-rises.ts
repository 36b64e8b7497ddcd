import type { Pool } from 'pg';
import type { Day } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/facts.ts';

/** Keeps of whom the scores of a week say more than those before, in the transaction that keeps the scores. */
export async function recordRises(
  database: Pick<Pool, 'query'>,
  companyId: string,
  { week, at }: { week: Day; at: Instant },
): Promise<void> {
  await database.query(
    `insert into alert (company_id, kind, subject, reason, thing_id, at, found_at, state)
     select $1, 'churn', concat_ws(' ', member_id, rise, $4::text), rise, membership_id, $3, $3, 'waiting'
     from churn_score where company_id = $1 and week = $2 and rise is not null
     on conflict do nothing`,
    [companyId, week, new Date(at), new Date(at).toISOString()],
  );
}
