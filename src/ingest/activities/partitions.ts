import type { Pool } from 'pg';
import { type Month, nextMonth } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/facts.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** How far ahead of our clock that of a source may be. */
const aheadMs = 2 * dayMs;

/**
 * Whether an activity of this time is kept. Activities are stored, and dropped, by whole months in UTC: a month goes once all of
 * it is older than the time of retention.
 */
export function isKept(at: Instant, now: Instant, retentionDays: number): boolean {
  return at < now + aheadMs && endOf(monthOfInstant(at)) > now - retentionDays * dayMs;
}

/** The month, in UTC, that an activity is stored with. */
export function monthOfInstant(at: Instant): Month {
  return new Date(at).toISOString().slice(0, 'YYYY-MM'.length);
}

/**
 * Makes room for activities of these months, where there is none yet. A table that is made by itself and then attached waits for
 * nobody who reads or writes activities, and lets nobody wait.
 */
export async function makePartitions(database: Pick<Pool, 'query'>, months: Iterable<Month>): Promise<void> {
  for (const month of [...months].sort()) {
    // Two processes that make the same table at once would be in each other's way: one statement, so one transaction.
    await database.query(
      `do $$ begin
         perform pg_advisory_xact_lock(${partitionLock});
         if to_regclass('${partitionOf(month)}') is null then
           create table ${partitionOf(month)} (like activity including all);
           alter table activity attach partition ${partitionOf(month)}
             for values from ('${month}-01T00:00:00Z') to ('${nextMonth(month)}-01T00:00:00Z');
         end if;
       end $$`,
    );
  }
}

const partitionLock = 0x7469_6d70;

/**
 * Makes room for what happens in this month and the next, so that an activity that comes as it happens finds it; then drops the
 * months that are older than the time of retention, and answers which.
 */
export async function keepMonths(database: Pick<Pool, 'query'>, now: Instant, retentionDays: number): Promise<Month[]> {
  const month = monthOfInstant(now);
  await makePartitions(database, [month, nextMonth(month)]);
  return dropPartitions(database, now, retentionDays);
}

/** Drops the months that are older than the time of retention, and answers which; the sums stay. */
export async function dropPartitions(
  database: Pick<Pool, 'query'>,
  now: Instant,
  retentionDays: number,
): Promise<Month[]> {
  const { rows } = await database.query<{ name: string }>(
    `select relid::regclass::text as name from pg_partition_tree('activity') where level = 1 order by name`,
  );
  const old = rows.map(({ name }) => monthOf(name)).filter((month) => endOf(month) <= now - retentionDays * dayMs);
  const last = old.at(-1);
  if (last !== undefined) await database.query('delete from whop_reaction where at < $1', [new Date(endOf(last))]);
  for (const month of old) await database.query(`drop table if exists ${partitionOf(month)}`);
  return old;
}

function partitionOf(month: Month): string {
  return `activity_${month.replace('-', '_')}`;
}

function monthOf(partition: string): Month {
  return partition.slice(-'YYYY_MM'.length).replace('_', '-');
}

function endOf(month: Month): Instant {
  return Date.parse(`${nextMonth(month)}-01T00:00:00Z`);
}
