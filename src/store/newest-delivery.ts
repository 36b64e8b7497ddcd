import type { Pool } from 'pg';

/** When the newest delivery of these companies came; null where none did. */
export async function readNewestDelivery(
  database: Pick<Pool, 'query'>,
  companyIds: readonly string[],
): Promise<Date | null> {
  const { rows } = await database.query<{ newest: Date | null }>(
    `select max(newest) as newest from unnest($1::text[]) as company (id),
       lateral (select max(received_at) as newest from inbox where company_id = company.id) as last`,
    [companyIds],
  );
  return rows[0]?.newest ?? null;
}
