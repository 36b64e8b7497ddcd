import type { Pool } from 'pg';
import type { WaitingAlert } from '../../domain/alerts/alert.ts';
import { alertThings, endedStatuses, goesOn, paidStatuses } from './alert-things.ts';

/**
 * What waits to be told, in the order of finding.
 * @param currency of the amounts; null where the company has none yet
 */
export async function readWaitingAlerts(
  database: Pick<Pool, 'query'>,
  companyId: string,
  currency: string | null,
): Promise<WaitingAlert[]> {
  const { rows } = await database.query<WaitingAlert>(
    `select alert.id, alert.kind, (date_part('epoch', found_at) * 1000)::bigint as "foundAt",
       coalesce(nullif(d.customer_id, ''), nullif(p.customer_id, ''), nullif(m.customer_id, ''), thing_id) as "memberId",
       case when kind = 'failed_payment' and p.currency = $2 then coalesce(p.total_minor, p.subtotal_minor) end as "amountMinor",
       coalesce(case kind
         when 'failed_payment' then p.status in ${paidStatuses} or p.status = 'void'
         when 'cancellation' then m.status in ${endedStatuses} or m.cancel_at_period_end is not true
         when 'trial' then ${goesOn} or (m.status = 'trialing' and m.cancel_at_period_end is not true)
         when 'dispute' then d.status not in ('warning_needs_response', 'needs_response')
       end, false) as settled
     from alert ${alertThings}
     where alert.company_id = $1 and state = 'waiting' order by found_at, alert.id`,
    [companyId, currency],
  );
  return rows;
}
