import type { Pool, PoolClient } from 'pg';

/** Runs `work` in one transaction that alone writes facts of these companies meanwhile, and answers what it answers. */
export async function inTransaction<T>(
  pool: Pool,
  companyIds: Iterable<string>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await Promise.all([client.query('begin'), lockCompanies(client, companyIds)]);
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
 * One transaction at a time writes a company's facts, so that each merges with what the one before has left. Locked in the
 * order of their keys: two processes never wait for each other.
 */
async function lockCompanies(client: PoolClient, companyIds: Iterable<string>): Promise<void> {
  await client.query(
    `select pg_advisory_xact_lock(key)
     from (select distinct hashtextextended(company_id, 0) as key from unnest($1::text[]) as company_id order by key) keys`,
    [[...new Set(companyIds)]],
  );
}
