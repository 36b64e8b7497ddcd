import type { Pool } from 'pg';

/** Whose each chat channel and forum of Whop's is, by the id that activities name it by. */
export async function readWhopPlaces(database: Pick<Pool, 'query'>): Promise<Map<string, string>> {
  const { rows } = await database.query<{ id: string; companyId: string }>(
    `select id, company_id as "companyId" from channel where platform = 'whop'`,
  );
  return new Map(rows.map(({ id, companyId }) => [id, companyId]));
}
