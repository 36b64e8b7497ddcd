import type { PoolClient } from 'pg';
import type { Span } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/facts.ts';

/** How many alerts were told, and what came of them. */
export type AlertSums = { told: number; contacted: number; stayed: number; left: number };

/** Of the alerts that were told within a span: what is known of them at an instant. Who pays after all has stayed. */
export async function readAlertSums(
  client: PoolClient,
  { companyId, span, until }: { companyId: string; span: Span; until: Instant },
): Promise<AlertSums> {
  const { rows } = await client.query<AlertSums>(
    `select count(*) as told,
       count(*) filter (where exists (
         select from alert_response response
         where response.company_id = $1 and alert_id = alert.id and response = 'contacted' and response.at < $4)) as contacted,
       count(*) filter (where outcome in ('paid', 'stayed') and outcome_at < $4) as stayed,
       count(*) filter (where outcome = 'left' and outcome_at < $4) as left
     from alert where company_id = $1 and state = 'told' and decided_at >= $2 and decided_at < $3`,
    [companyId, new Date(span.start), new Date(span.end), new Date(until)],
  );
  return rows[0] ?? { told: 0, contacted: 0, stayed: 0, left: 0 };
}
