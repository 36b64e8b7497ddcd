import type { Pool } from 'pg';
import type { Catalogue } from '../domain/company.ts';
import type { Fact, FactKind } from '../domain/facts.ts';
import { selectFact } from './fact-tables.ts';

type Queryable = Pick<Pool, 'query'>;

/** What a company is called, and sells. */
export async function readCatalogue(database: Queryable, companyId: string): Promise<Catalogue> {
  const [companies, plans, products] = await Promise.all([
    readFacts(database, 'company', companyId),
    readFacts(database, 'plan', companyId),
    readFacts(database, 'product', companyId),
  ]);
  return { company: companies[0], plans, products };
}

/** All that is known of one kind of thing, in the order of the ids. */
export async function readFacts<K extends FactKind>(
  database: Queryable,
  kind: K,
  companyId: string,
): Promise<Fact<K>[]> {
  const sql = `select ${selectFact(kind)} from ${kind} where company_id = $1 order by id`;
  const { rows } = await database.query<Fact<K>>(sql, [companyId]);
  return rows;
}
