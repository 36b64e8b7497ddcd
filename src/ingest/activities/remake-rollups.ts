import type { PoolClient } from 'pg';
import { dayAround, type LocalDay, type Span } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/facts.ts';
import { readActivityZone } from '../../store/activity-book.ts';
import { addToRollups, hourOf, quarterMs, quarterOf, quartersOf } from './rollups.ts';

const rollupTables = ['activity_day', 'activity_hour', 'activity_people'];

/**
 * Makes a company's sums of activities anew from the activities that are still kept; the sums of the days before those stay as
 * they are. The caller holds the lock of the company's activities.
 */
export async function remakeRollups(client: PoolClient, companyId: string, timeZone: string): Promise<void> {
  const before = await readActivityZone(client, companyId);
  await client.query(
    `insert into activity_book (company_id, time_zone) values ($1, $2)
     on conflict (company_id) do update set time_zone = excluded.time_zone`,
    [companyId, timeZone],
  );
  const kept = await readKept(client, companyId);
  if (kept === null) return;
  let start = await deleteFrom(client, companyId, dayAround(kept.first, before ?? timeZone));
  while (start <= kept.last) {
    const { end } = dayAround(start, timeZone);
    await addSpan(client, companyId, { start, end, timeZone });
    start = end;
  }
}

/**
 * Deletes the sums that can be made anew and answers from when on they are missing. Where there are sums of earlier days than
 * the first with an activity, activities were dropped, and perhaps some of that day.
 */
async function deleteFrom(client: PoolClient, companyId: string, { day, start, end }: LocalDay): Promise<Instant> {
  const older = await client.query('select from activity_day where company_id = $1 and day < $2 limit 1', [
    companyId,
    day,
  ]);
  const isWhole = older.rowCount === 0;
  for (const table of rollupTables) {
    await client.query(`delete from ${table} where company_id = $1 and (day > $2 or $3)`, [companyId, day, isWhole]);
  }
  return isWhole ? start : end;
}

/** Makes them anew where they are kept by another zone. */
export async function keepActivityZone(client: PoolClient, companyId: string, timeZone: string): Promise<void> {
  const kept = await readActivityZone(client, companyId);
  if (kept !== null && kept !== timeZone) await remakeRollups(client, companyId, timeZone);
}

async function readKept(client: PoolClient, companyId: string): Promise<{ first: Instant; last: Instant } | null> {
  const { rows } = await client.query<{ first: Instant | null; last: Instant | null }>(
    `select (extract(epoch from min(at)) * 1000)::bigint as first, (extract(epoch from max(at)) * 1000)::bigint as last
     from activity where company_id = $1`,
    [companyId],
  );
  const { first = null, last = null } = rows[0] ?? {};
  return first === null || last === null ? null : { first, last };
}

async function addSpan(
  client: PoolClient,
  companyId: string,
  { start, end, timeZone }: Span & { timeZone: string },
): Promise<void> {
  const instants = Array.from({ length: Math.ceil((end - start) / quarterMs) + 1 }, (_, i) => start + i * quarterMs);
  const quarters = quartersOf(instants, timeZone);
  await client.query(remakeStatement, [
    companyId,
    new Date(start),
    new Date(end),
    quarters.map((quarter) => quarter.start),
    quarters.map(({ day }) => day),
    quarters.map(({ hour }) => hour),
  ]);
}

const remakeStatement = `
  with ${hourOf('$4', '$5', '$6')},
  told as (
    select day, hour, platform, channel_id, kind, seconds, account
    from activity
    join account on account.company_id = activity.company_id and number = account
    join hour_of on quarter = ${quarterOf}
    where activity.company_id = $1 and at >= $2 and at < $3
  ),
  ${addToRollups}
  select`;
