import type { Pool } from 'pg';

/** The companies of which facts about customers are known, found by skipping from one to the next in the keys. */
export async function companiesWithFacts(pool: Pool): Promise<string[]> {
  const after = (id: string) =>
    ['membership', 'payment', 'refund', 'dispute', 'membership_change']
      .map((table) => `(select min(company_id) as id from ${table} where company_id > ${id})`)
      .join(' union all ');
  const { rows } = await pool.query<{ id: string }>(
    `with recursive companies as (
       select min(id) as id from (${after("''")}) first
       union all
       select (select min(id) from (${after('companies.id')}) next) from companies where companies.id is not null)
     select id from companies where id is not null`,
  );
  return rows.map(({ id }) => id);
}
