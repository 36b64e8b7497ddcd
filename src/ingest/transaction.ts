import type { Pool, PoolClient } from 'pg';

/** The companies of which a transaction alone writes facts, and those of which it alone writes activities. */
export type Locks = { facts?: Iterable<string>; activities?: Iterable<string> };

/** Runs `work` in one transaction that alone writes what it has locked meanwhile, and answers what it answers. */
export async function inTransaction<T>(pool: Pool, locks: Locks, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await Promise.all([client.query('begin'), lockCompanies(client, locks)]);
    const answer = await work(client);
    await client.query('commit');
    client.release();
    return answer;
  } catch (error) {
    // The connection goes with its transaction: what else of `work` is still under way can't write behind its end.
    client.release(true);
    throw error;
  }
}

/**
 * One transaction at a time writes a company's facts, and one its activities, so that each goes on from what the one before
 * has left. Locked in the order of their keys, facts first: two processes never wait for each other.
 */
async function lockCompanies(client: PoolClient, { facts = [], activities = [] }: Locks): Promise<void> {
  await client.query(
    `select pg_advisory_xact_lock(key)
     from (
       select distinct seed, hashtextextended(company_id, seed) as key
       from (
         select 0 as seed, company_id from unnest($1::text[]) as company_id
         union all
         select 1, company_id from unnest($2::text[]) as company_id
       ) companies
       order by seed, key
     ) keys`,
    [[...new Set(facts)], [...new Set(activities)]],
  );
}
