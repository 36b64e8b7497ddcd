import type { PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import { endedStatuses, paidSince } from './alert-things.ts';

type Key = { companyId: string; id: string };

/** Which of these memberships ended as trials: seen in one, or of a plan that begins with one, with nothing ever paid. */
export async function readLostTrials(
  client: PoolClient,
  memberships: readonly Key[],
): Promise<(Key & { endedAt: Instant | null })[]> {
  const { rows } = await client.query<Key & { endedAt: Instant | null }>(
    `select m.company_id as "companyId", m.id,
       (date_part('epoch', least(m.renewal_period_end, m.updated_at)) * 1000)::bigint as "endedAt"
     from membership m left join plan on plan.company_id = m.company_id and plan.id = m.plan_id
     where (m.company_id, m.id) in (select * from unnest($1::text[], $2::text[])) and m.status in ${endedStatuses}
       and (plan.trial_period_days > 0 or exists (
         select from membership_status seen
         where seen.company_id = m.company_id and seen.membership_id = m.id and seen.status = 'trialing'))
       and ${paidSince(`'-infinity'`)} is null`,
    [memberships.map(({ companyId }) => companyId), memberships.map(({ id }) => id)],
  );
  return rows;
}
