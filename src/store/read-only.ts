import type { Pool, PoolClient } from 'pg';

/** Runs questions that all see the same moment, whatever is written meanwhile. */
export async function readingOneMoment<T>(pool: Pool, ask: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const answer = await ask(client);
    await client.query('commit');
    client.release();
    return answer;
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    );
    throw error;
  }
}
