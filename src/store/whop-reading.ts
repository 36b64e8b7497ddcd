import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';

type Queryable = Pick<Pool, 'query'>;

/** How far a company's chats and forums on Whop are read. */
export type WhopReading = {
  /** What was written until then is stored, where the key may read; null before a first reading went through. */
  readTo: Date | null;
  /** Why some of it, or all, couldn't be read, in words for people. */
  refusals: string[];
  /** Chats and forums that were read through at least once. */
  reached: number;
  /** Those that are being read for the first time. */
  begun: number;
};

/** Null where nothing of Whop's was ever read, or refused. */
export async function readWhopReading(database: Queryable, companyId: string): Promise<WhopReading | null> {
  const { rows } = await database.query<WhopReading>(
    `select max(whop_reading.read_to) as "readTo", coalesce(max(refusals), '{}') as refusals,
       count(channel.read_to) as reached, count(channel.id) - count(channel.read_to) as begun
     from (select $1 as company_id) as company
     left join whop_reading using (company_id)
     left join whop_channel channel using (company_id)
     having count(whop_reading.company_id) + count(channel.id) > 0`,
    [companyId],
  );
  return rows[0] ?? null;
}

/** @param ending `readTo`: null where it didn't go through, so that the one before still counts */
export async function writeWhopReading(
  database: Queryable,
  companyId: string,
  { readTo, refusals }: { readTo: Instant | null; refusals: readonly string[] },
): Promise<void> {
  await database.query(
    `insert into whop_reading as kept (company_id, read_to, refusals) values ($1, $2, $3)
     on conflict (company_id) do update
       set read_to = coalesce(excluded.read_to, kept.read_to), refusals = excluded.refusals`,
    [companyId, readTo === null ? null : new Date(readTo), refusals],
  );
}
