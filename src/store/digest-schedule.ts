import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';
import type { Schedule } from '../domain/schedule.ts';

type Queryable = Pick<Pool, 'query'>;

export type DigestSchedule = Schedule & {
  weekday: number;
  /** When somebody chose it; null where nobody did. */
  setAt: Instant | null;
};

/** What somebody chose, and when. */
export type DigestChoice = { companyId: string; weekday: number; hour: number; setAt: Instant };

const usual: DigestSchedule = { weekday: 1, hour: 9, minute: 0, setAt: null };

/** When a company's digest is posted, in its own zone: Monday at 09:00 where nobody chose. */
export async function readDigestSchedule(database: Queryable, companyId: string): Promise<DigestSchedule> {
  const { rows } = await database.query<Pick<DigestSchedule, 'weekday' | 'hour' | 'setAt'>>(
    `select weekday, hour, (extract(epoch from set_at) * 1000)::bigint as "setAt"
     from digest_schedule where company_id = $1`,
    [companyId],
  );
  return { ...usual, ...rows[0] };
}

/** A schedule begins to hold where nobody was told a digest so far; day and hour stay. */
export async function beginDigests(database: Queryable, companyId: string, now: Instant): Promise<void> {
  const { weekday, hour } = await readDigestSchedule(database, companyId);
  await writeDigestSchedule(database, { companyId, weekday, hour, setAt: now });
}

export async function writeDigestSchedule(
  database: Queryable,
  { companyId, weekday, hour, setAt }: DigestChoice,
): Promise<void> {
  await database.query(
    `insert into digest_schedule (company_id, weekday, hour, set_at) values ($1, $2, $3, $4)
     on conflict (company_id) do update set weekday = excluded.weekday, hour = excluded.hour, set_at = excluded.set_at`,
    [companyId, weekday, hour, new Date(setAt)],
  );
}
