import type { PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import { alertThings, endedStatuses } from './alert-things.ts';

/**
 * Until when nothing can tell an alert anew: what happened longer ago than two days is told to nobody, but that a membership
 * is set to end may be dated by whatever last changed it, for as long as it goes on.
 */
const tellableUntil = `case
  when alert.kind = 'failed_payment' then coalesce(p.last_attempt_at, p.created_at)
  when alert.kind in ('cancellation', 'trial') then case when m.status in ${endedStatuses} then m.renewal_period_end end
  else alert.at end`;

/** Deletes what was decided before, with what was pressed under it, but for what could be told once more. */
export async function forgetAlerts(client: PoolClient, companyId: string, before: Instant): Promise<void> {
  await client.query(
    `with forgotten as (
       delete from alert where company_id = $1 and id in (
         select alert.id from alert ${alertThings}
         where alert.company_id = $1 and state <> 'waiting' and greatest(at, decided_at) < $2 and ${tellableUntil} < $2)
       returning id)
     delete from alert_response where company_id = $1 and alert_id in (select id from forgotten)`,
    [companyId, new Date(before)],
  );
}
