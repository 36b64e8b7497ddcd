import type { Pool } from 'pg';

/** The product of a company's that comes next in the order of ids; `after` null: the first one. Null behind the last. */
export async function readNextProductId(pool: Pool, companyId: string, after: string | null): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from product where company_id = $1 and ($2::text is null or id > $2) order by id limit 1`,
    [companyId, after],
  );
  return rows[0]?.id ?? null;
}
