import type { PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import type { WhopProgress } from '../../domain/whop-progress.ts';

export async function writeWhopProgress(
  client: PoolClient,
  companyId: string,
  progress: readonly WhopProgress[],
): Promise<void> {
  for (const { channelId, readTo, cursor, newest } of progress) {
    await client.query(
      `insert into whop_channel (company_id, id, read_to, cursor, newest) values ($1, $2, $3, $4, $5)
       on conflict (company_id, id) do update
         set read_to = excluded.read_to, cursor = excluded.cursor, newest = excluded.newest`,
      [companyId, channelId, dateOf(readTo), cursor, dateOf(newest)],
    );
  }
}

function dateOf(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}
