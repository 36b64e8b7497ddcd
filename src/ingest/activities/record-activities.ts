import type { PoolClient } from 'pg';
import type { Activity, Platform } from '../../domain/activity.ts';
import type { CompanySettings } from '../../domain/company.ts';
import { readActivityZone } from '../../store/activity-book.ts';
import { effectiveSettings } from '../../store/company-settings.ts';
import { addToRollups, hourOf, quarterOf, quartersOf } from './rollups.ts';

/** Activities of one company on one platform. */
export type Activities = { companyId: string; platform: Platform; activities: readonly Activity[] };

/**
 * Stores activities and adds those that weren't known to the sums. The caller holds the lock of the company's activities, and
 * has made room for their months.
 * @param defaults for a company that has set nothing itself
 * @returns how many of them are new
 */
export async function recordActivities(
  client: PoolClient,
  { companyId, platform, activities }: Activities,
  defaults: CompanySettings,
): Promise<number> {
  if (activities.length === 0) return 0;
  const timeZone = await zoneOf(client, companyId, defaults);
  const quarters = quartersOf(
    activities.map(({ at }) => at),
    timeZone,
  );
  const { rows } = await client.query<{ count: number }>(recordStatement, [
    companyId,
    platform,
    activities.map(({ kind }) => kind),
    activities.map(({ id }) => id),
    activities.map(({ at }) => at),
    activities.map(({ accountId }) => accountId),
    activities.map(({ channelId }) => channelId),
    activities.map(({ seconds }) => seconds),
    quarters.map(({ start }) => start),
    quarters.map(({ day }) => day),
    quarters.map(({ hour }) => hour),
  ]);
  return rows[0]?.count ?? 0;
}

/** The zone that the sums are kept by; that of today's settings where this is the first activity. */
async function zoneOf(client: PoolClient, companyId: string, defaults: CompanySettings): Promise<string> {
  const kept = await readActivityZone(client, companyId);
  if (kept !== null) return kept;
  const { timeZone } = await effectiveSettings(client, companyId, defaults);
  await client.query('insert into activity_book (company_id, time_zone) values ($1, $2)', [companyId, timeZone]);
  return timeZone;
}

const recordStatement = `
  with given as (
    select kind, id, 'epoch'::timestamptz + ms * interval '1 millisecond' as at, account_id, channel_id, seconds
    from unnest($3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::int[])
      as given (kind, id, ms, account_id, channel_id, seconds)
  ),
  ${hourOf('$9', '$10', '$11')},
  known as (
    select account_id as id, number
    from (select distinct account_id from given) told,
      lateral (
        select number from account where company_id = $1 and platform = $2 and id = account_id
        -- Looked up one by one: Postgres would read all accounts of the company for a thousand of them.
        offset 0
      ) account
  ),
  unknown as (
    select distinct account_id from given where not exists (select from known where known.id = account_id)
  ),
  added as (
    insert into account (company_id, platform, id, number)
    select $1, $2, account_id,
      (select coalesce(max(number), -1) from account where company_id = $1) + row_number() over (order by account_id)
    from unknown
    returning id, number
  ),
  fresh as (
    insert into activity (company_id, at, kind, id, account, channel_id, seconds)
    select $1, at, kind, given.id, coalesce(known.number, added.number), channel_id, seconds
    from given
    left join known on known.id = account_id
    left join added on added.id = account_id
    on conflict (company_id, at, kind, id) do nothing
    returning at, kind, account, channel_id, seconds
  ),
  told as (
    select day, hour, $2::text as platform, channel_id, kind, seconds, account
    from fresh join hour_of on quarter = ${quarterOf}
  ),
  ${addToRollups}
  select count(*) as count from fresh`;
