import type { Pool } from 'pg';

/** The newest reading of a company's history. Times are milliseconds since 1970. */
export type BackfillRun = {
  startedAt: number;
  /** Null while it is under way, and where its process was stopped meanwhile. */
  endedAt: number | null;
  /** Why it ended before everything was read, in words for people. */
  stopped: string | null;
};

/** All that read Whop's lists use the same key, whose limits count them together: so one reads at a time. */
const lock = 'tidewatch backfill';
const lockKey = `hashtextextended('${lock}', 0)`;

/** Runs `work` unless somebody reads Whop's lists meanwhile. */
export function asOnlyReader<T>(pool: Pool, work: () => Promise<T>): Promise<T | 'under way'> {
  return asOnlyOne(pool, lock, work);
}

/** Runs `work` unless somebody has this lock. It is that of a connection, so that it ends with a process that is killed. */
export async function asOnlyOne<T>(pool: Pool, name: string, work: () => Promise<T>): Promise<T | 'under way'> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as locked',
      [name],
    );
    return rows[0]?.locked === true ? await work() : 'under way';
  } finally {
    // A connection that kept the lock would go back to the pool with it.
    await client.query(`select pg_advisory_unlock_all()`).then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
  }
}

/** Null where none was ever begun. `underWay` tells a reading from one whose process was killed. */
export async function readBackfillRun(
  pool: Pool,
  companyId: string,
): Promise<(BackfillRun & { underWay: boolean }) | null> {
  const { rows } = await pool.query<BackfillRun & { underWay: boolean }>(
    `select (extract(epoch from started_at) * 1000)::bigint as "startedAt",
       (extract(epoch from ended_at) * 1000)::bigint as "endedAt", stopped,
       ended_at is null and exists (
         select from pg_locks join pg_database on pg_database.oid = pg_locks.database
         where datname = current_database() and locktype = 'advisory' and objsubid = 1
           and (classid::bigint << 32) | objid::bigint = ${lockKey}) as "underWay"
     from backfill where company_id = $1`,
    [companyId],
  );
  return rows[0] ?? null;
}

export async function writeBackfillRun(
  pool: Pool,
  companyId: string,
  { startedAt, endedAt, stopped }: BackfillRun,
): Promise<void> {
  await pool.query(
    `insert into backfill (company_id, started_at, ended_at, stopped) values ($1, $2, $3, $4)
     on conflict (company_id) do update set started_at = excluded.started_at, ended_at = excluded.ended_at,
       stopped = excluded.stopped`,
    [companyId, new Date(startedAt), endedAt === null ? null : new Date(endedAt), stopped],
  );
}
