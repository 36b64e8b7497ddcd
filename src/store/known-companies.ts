import type { Pool } from 'pg';

/** Every company that a delivery has named, in the order of ids: one step of the index for each, however many came. */
export async function readKnownCompanies(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ companyId: string }>(
    `with recursive known (id) as (
       (select min(company_id) from inbox where company_id > '')
       union all
       select (select min(company_id) from inbox where company_id > known.id) from known where known.id is not null)
     select id as "companyId" from known where id is not null`,
  );
  return rows.map(({ companyId }) => companyId);
}
