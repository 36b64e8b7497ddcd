import type { Pool } from 'pg';
import type { MembershipChange, StatusSighting } from '../../src/domain/facts.ts';
import { readFacts } from '../../src/store/company-facts.ts';
import type { CompanyFacts } from './customers-of.ts';
import { bookTables } from './whop/tables.ts';

/** All facts about money of one company as they are stored, each kind in the order of its ids. */
export async function readCompanyFacts(pool: Pool, companyId: string): Promise<CompanyFacts> {
  const [company] = await readFacts(pool, 'company', companyId);
  return {
    company,
    products: await readFacts(pool, 'product', companyId),
    plans: await readFacts(pool, 'plan', companyId),
    memberships: await readFacts(pool, 'membership', companyId),
    changes: await readTimed<MembershipChange>(pool, 'membership_change', 'change', companyId),
    sightings: await readTimed<StatusSighting>(pool, 'membership_status', 'status', companyId),
    payments: await readFacts(pool, 'payment', companyId),
    refunds: await readFacts(pool, 'refund', companyId),
    disputes: await readFacts(pool, 'dispute', companyId),
  };
}

async function readTimed<Row extends { at: number }>(pool: Pool, table: string, column: string, companyId: string) {
  const { rows } = await pool.query<Row>(
    `select membership_id as "membershipId", ${column}, (extract(epoch from at) * 1000)::bigint as at
     from ${table} where company_id = $1 order by membership_id, at, ${column}`,
    [companyId],
  );
  return rows;
}

/** Every row of a company's books, as text, without whose they are. */
export async function dumpBooks(pool: Pool, companyId: string): Promise<Record<string, string[]>> {
  const dump: Record<string, string[]> = {};
  for (const table of bookTables) {
    const { rows } = await pool.query<{ row: string }>(
      `select (to_jsonb(t) - 'company_id')::text as row from ${table} t where company_id = $1 order by 1`,
      [companyId],
    );
    dump[table] = rows.map(({ row }) => row);
  }
  return dump;
}
