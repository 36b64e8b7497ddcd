import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import { inOneTransaction } from '../transaction.ts';
import { alertThings, endedStatuses, goesOn, paidSince, recoveredAt } from './alert-things.ts';
import { amendAlerts, type ShowAlerts } from './show-alerts.ts';

/** A risk is one of leaving within 30 days. */
const riskMs = 30 * 24 * 60 * 60 * 1000;
export const followedMs = 90 * 24 * 60 * 60 * 1000;

/** Keeps what became of what was told, and shows it in the messages. */
export async function addOutcomes(
  pool: Pool,
  { companyId, now }: { companyId: string; now: Instant },
  show: ShowAlerts,
): Promise<void> {
  await inOneTransaction(pool, async (client) => {
    const messages = await writeOutcomes(client, companyId, now);
    for (const message of messages) await amendAlerts(client, { companyId, message, now }, show);
  });
}

/** Answers the messages in which something is to be added. */
async function writeOutcomes(client: PoolClient, companyId: string, now: Instant): Promise<Set<string>> {
  const { rows } = await client.query<{ message: string }>(
    `with found as (
       select alert.id, paid.at as paid_at, case
           when alert.kind = 'dispute' then case
             when d.status in ('won', 'lost') then d.status
             when d.status in ('closed', 'warning_closed') or (d.id is null and p.status = 'refunded') then 'closed' end
           when paid.at is not null then 'paid'
           when m.status in ${endedStatuses} then 'left'
           when alert.kind in ('cancellation', 'trial') and ${goesOn} then 'stayed'
           when alert.kind = 'churn' and alert.decided_at <= $4 then 'stayed'
         end as outcome,
         case when alert.kind <> 'dispute' and m.status in ${endedStatuses} then least(m.renewal_period_end, m.updated_at)
           when alert.kind in ('cancellation', 'trial') then m.updated_at end as at
       from alert ${alertThings}
       left join lateral (select case alert.kind
         when 'failed_payment' then ${recoveredAt}
         when 'churn' then ${paidSince('alert.decided_at')} end as at) paid on true
       where alert.company_id = $1 and alert.state = 'told' and alert.outcome is null and alert.decided_at > $2)
     update alert set outcome = found.outcome, outcome_at = coalesce(found.paid_at, found.at, $3)
     from found where alert.company_id = $1 and alert.id = found.id and found.outcome is not null
     returning case when place is not null then message end as message`,
    [companyId, new Date(now - followedMs), new Date(now), new Date(now - riskMs)],
  );
  return new Set(rows.flatMap(({ message }) => message ?? []));
}
