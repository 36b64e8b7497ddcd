import type { Pool } from 'pg';
import type { AlertResponse } from '../../domain/alerts/alert.ts';
import type { AlertMessageView } from '../../domain/alerts/alert-view.ts';
import type { Instant } from '../../domain/facts.ts';
import { inOneTransaction } from '../transaction.ts';
import { amendAlerts, type ShowAlerts } from './show-alerts.ts';

export type AlertAnswer = {
  alertId: string;
  response: AlertResponse;
  /** Discord's id of who pressed. */
  by: string;
  at: Instant;
};

/** Keeps what somebody pressed under an alert, and shows it wherever the alert is; null where there is no such alert. */
export async function respondToAlert(
  pool: Pool,
  { companyId, answer, show }: { companyId: string; answer: AlertAnswer; show: ShowAlerts },
): Promise<AlertMessageView | null> {
  const { alertId, response, by, at } = answer;
  return inOneTransaction(pool, async (client) => {
    const { rows } = await client.query<{ message: string }>(
      `with found as (
         select id, message from alert where company_id = $1 and id::text = $2 and message is not null for update),
       kept as (
         insert into alert_response (company_id, alert_id, response, by, at)
         select $1, id, $3, $4, $5 from found on conflict do nothing)
       select message from found`,
      [companyId, alertId, response, by, new Date(at)],
    );
    const message = rows[0]?.message;
    return message === undefined ? null : amendAlerts(client, { companyId, message, now: at }, show);
  });
}
