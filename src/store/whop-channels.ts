import type { Pool } from 'pg';
import type { WhopProgress } from '../domain/whop-progress.ts';

/** How far a chat channel or forum of Whop's is read. */
export async function readWhopProgress(
  database: Pick<Pool, 'query'>,
  companyId: string,
  channelId: string,
): Promise<WhopProgress> {
  const { rows } = await database.query<Omit<WhopProgress, 'channelId'>>(
    `select (extract(epoch from read_to) * 1000)::bigint as "readTo", cursor,
       (extract(epoch from newest) * 1000)::bigint as newest
     from whop_channel where company_id = $1 and id = $2`,
    [companyId, channelId],
  );
  return { channelId, ...(rows[0] ?? { readTo: null, cursor: null, newest: null }) };
}
