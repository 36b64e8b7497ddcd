import type { Pool } from 'pg';
import { type AlertMemory, coolDownMs } from '../../domain/alerts/decide-alerts.ts';
import type { Instant } from '../../domain/facts.ts';

type Asked = {
  companyId: string;
  memberIds: readonly string[];
  /** Since when it matters that something was told or pressed. */
  since: Instant;
  startOfToday: Instant;
};

const snoozeMs = 7 * 24 * 60 * 60 * 1000;

/** What was told and answered before, as far as it matters for these members. */
export async function readAlertMemory(
  database: Pick<Pool, 'query'>,
  { companyId, memberIds, since, startOfToday }: Asked,
): Promise<AlertMemory> {
  const ofMembers = [companyId, memberIds, new Date(since)];
  const pressed = (response: string, lastsMs: number) => `
    select member_id as "memberId", kind, reason,
      (date_part('epoch', max(response.at)) * 1000)::bigint + ${lastsMs}::bigint as until
    from alert_response response join alert on alert.company_id = response.company_id and alert.id = alert_id
    where response.company_id = $1 and member_id = any($2) and response.at > $3 and response = '${response}'
    group by member_id, kind, reason`;
  const [told, snoozed, dismissed, muted, today] = await Promise.all([
    database.query<AlertMemory['told'][number]>(
      `select member_id as "memberId", kind, reason, (date_part('epoch', max(decided_at)) * 1000)::bigint as at from alert
       where company_id = $1 and member_id = any($2) and decided_at > $3 and state = 'told'
       group by member_id, kind, reason`,
      ofMembers,
    ),
    database.query<AlertMemory['dismissed'][number]>(pressed('snooze', snoozeMs), ofMembers),
    database.query<AlertMemory['dismissed'][number]>(pressed('dismiss', coolDownMs), ofMembers),
    database.query<AlertMemory['muted'][number]>(
      `select kind, (date_part('epoch', until) * 1000)::bigint as until from alert_mute where company_id = $1`,
      [companyId],
    ),
    database.query<{ shown: number }>(
      `select count(*)::int as shown from alert
       where company_id = $1 and state = 'told' and place is not null and decided_at >= $2`,
      [companyId, new Date(startOfToday)],
    ),
  ]);
  return {
    told: told.rows,
    snoozed: snoozed.rows,
    dismissed: dismissed.rows,
    muted: muted.rows,
    shownToday: today.rows[0]?.shown ?? 0,
  };
}
