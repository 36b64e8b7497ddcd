import type { Pool } from 'pg';
import type { CompanyFacts } from '../domain/company.ts';
import type { Fact, FactKind, MembershipChange } from '../domain/facts.ts';
import { selectFact } from './fact-tables.ts';

/** All facts about money of one company, each kind in the order of its ids. */
export async function readCompanyFacts(pool: Pool, companyId: string): Promise<CompanyFacts> {
  const read = <K extends FactKind>(kind: K) => readFacts(pool, kind, companyId);
  const [companies, products, plans, memberships, changes, payments, refunds, disputes] = await Promise.all([
    read('company'),
    read('product'),
    read('plan'),
    read('membership'),
    readChanges(pool, companyId),
    read('payment'),
    read('refund'),
    read('dispute'),
  ]);
  return { company: companies[0], products, plans, memberships, changes, payments, refunds, disputes };
}

/** All that is known of one kind of thing, in the order of the ids. */
export async function readFacts<K extends FactKind>(pool: Pool, kind: K, companyId: string): Promise<Fact<K>[]> {
  const sql = `select ${selectFact(kind)} from ${kind} where company_id = $1 order by id`;
  const { rows } = await pool.query<Fact<K>>(sql, [companyId]);
  return rows;
}

async function readChanges(pool: Pool, companyId: string): Promise<MembershipChange[]> {
  const { rows } = await pool.query<MembershipChange>(
    `select membership_id as "membershipId", change, (extract(epoch from at) * 1000)::bigint as at
     from membership_change where company_id = $1 order by membership_id, at, change`,
    [companyId],
  );
  return rows;
}
