import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import { inOneTransaction } from '../transaction.ts';
import { alertThings, endedStatuses, goesOn, paidStatuses } from './alert-things.ts';
import { amendAlerts, type ShowAlerts } from './show-alerts.ts';

const followedMs = 90 * 24 * 60 * 60 * 1000;

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
       select alert.id, case
           when alert.kind = 'dispute' then case
             when d.status in ('won', 'lost') then d.status
             when d.status in ('closed', 'warning_closed') then 'closed' end
           when alert.kind = 'failed_payment' and p.status in ${paidStatuses} then 'paid'
           when m.status in ${endedStatuses} then 'left'
           when alert.kind <> 'failed_payment' and ${goesOn} then 'stayed'
         end as outcome,
         case when p.status in ${paidStatuses} and alert.kind = 'failed_payment' then p.paid_at else m.updated_at end as at
       from alert ${alertThings}
       where alert.company_id = $1 and alert.state = 'told' and alert.outcome is null and alert.decided_at > $2)
     update alert set outcome = found.outcome, outcome_at = coalesce(found.at, $3)
     from found where alert.company_id = $1 and alert.id = found.id and found.outcome is not null
     returning case when place is not null then message end as message`,
    [companyId, new Date(now - followedMs), new Date(now)],
  );
  return new Set(rows.flatMap(({ message }) => message ?? []));
}
