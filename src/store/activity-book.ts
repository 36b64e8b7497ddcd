import type { Pool } from 'pg';

/** The time zone whose days and hours a company's sums of activities are kept by; null where there are none. */
export async function readActivityZone(database: Pick<Pool, 'query'>, companyId: string): Promise<string | null> {
  const { rows } = await database.query<{ timeZone: string }>(
    'select time_zone as "timeZone" from activity_book where company_id = $1',
    [companyId],
  );
  return rows[0]?.timeZone ?? null;
}

/** The same of every company that has any. */
export async function readActivityZones(
  database: Pick<Pool, 'query'>,
): Promise<{ companyId: string; timeZone: string }[]> {
  const { rows } = await database.query<{ companyId: string; timeZone: string }>(
    'select company_id as "companyId", time_zone as "timeZone" from activity_book',
  );
  return rows;
}
