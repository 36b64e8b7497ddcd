import type { Pool } from 'pg';
import type { WaitingAlert } from '../../domain/alerts/alert.ts';
import { alertThings, endedStatuses, goesOn, paidSince, recoveredAt } from './alert-things.ts';

/** Of facts as they are now, whatever they were when it was found. */
const settled = `case kind
  when 'failed_payment' then p.status = 'void' or ${recoveredAt} is not null
  when 'cancellation' then m.status in ${endedStatuses} or m.status = 'trialing' or m.cancel_at_period_end is not true
  when 'trial' then case
    when m.status in ${endedStatuses} then ${paidSince(`'-infinity'`)} is not null
    else ${goesOn} or m.status <> 'trialing' or m.cancel_at_period_end is not true end
  when 'dispute' then case
    when d.id is null then p.status = 'refunded'
    when alert.reason like 'warning %' then d.status <> 'warning_needs_response'
    else d.status <> 'needs_response' end
  when 'churn' then not exists (
    select from churn_score where churn_score.company_id = alert.company_id and member_id = m.customer_id and band = 'high'
      and week = (select max(week) from churn_scan where churn_scan.company_id = alert.company_id))
end`;

/**
 * What waits to be told.
 * @param currency of the amounts; null where the company has none yet
 */
export async function readWaitingAlerts(
  database: Pick<Pool, 'query'>,
  companyId: string,
  currency: string | null,
): Promise<WaitingAlert[]> {
  const { rows } = await database.query<WaitingAlert>(
    `select alert.id, alert.kind, subject, reason, (date_part('epoch', found_at) * 1000)::bigint as "foundAt",
       (date_part('epoch', at) * 1000)::bigint as at,
       coalesce(nullif(d.customer_id, ''), nullif(p.customer_id, ''), nullif(m.customer_id, ''), thing_id) as "memberId",
       case when kind = 'failed_payment' and p.currency = $2 then coalesce(p.total_minor, p.subtotal_minor) end as "amountMinor",
       coalesce(${settled}, false) as settled
     from alert ${alertThings}
     where alert.company_id = $1 and state = 'waiting'`,
    [companyId, currency],
  );
  return rows;
}
