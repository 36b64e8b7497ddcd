import type { Pool } from 'pg';
import type { Day } from '../domain/calendar.ts';
import type { KindSums } from '../domain/engagement/activity-view.ts';
import { groupBy } from '../domain/group-by.ts';

type Queryable = Pick<Pool, 'query'>;
export type KindRow = { kind: string; count: number; seconds: number };

/** What was done on each whole local day, from one to another. */
export async function readKindsByDay(
  database: Queryable,
  { companyId, first, last }: { companyId: string; first: Day; last: Day },
): Promise<Map<Day, KindSums>> {
  const { rows } = await database.query<KindRow & { day: Day }>(
    `select day::text as day, kind, count, seconds from activity_day
     where company_id = $1 and day between $2 and $3 and platform = '' and channel_id = ''`,
    [companyId, first, last],
  );
  return new Map([...groupBy(rows, ({ day }) => day)].map(([day, ofDay]) => [day, kindSums(ofDay)]));
}

export function kindSums(rows: readonly KindRow[]): KindSums {
  return new Map(rows.map(({ kind, count, seconds }) => [kind, { count, seconds }]));
}

/** The first local day that anything is known of, be it money, a membership or an activity; null where nothing is. */
export async function readFirstDay(database: Queryable, companyId: string): Promise<Day | null> {
  const { books, activity } = await readFirstDays(database, companyId);
  return [books, activity].filter((day) => day !== null).sort()[0] ?? null;
}

/** The first local days that money or a membership, and that an activity is known of. */
export async function readFirstDays(
  database: Queryable,
  companyId: string,
): Promise<{ books: Day | null; activity: Day | null }> {
  const { rows } = await database.query<{ books: Day | null; activity: Day | null }>(
    `select
       (select min(day) from book_day where company_id = $1 and scope = 'all' and grain = 'day')::text as books,
       (select min(day) from activity_day where company_id = $1)::text as activity`,
    [companyId],
  );
  return rows[0] ?? { books: null, activity: null };
}
