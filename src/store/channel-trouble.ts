import type { Pool } from 'pg';
import type { ChannelProblem } from './outbox-queue.ts';

export type ChannelTrouble = {
  channelId: string;
  problem: ChannelProblem;
  since: Date;
  /** How many messages wait for it. */
  waiting: number;
};

/** The channels of a company that can't be posted to just now, the longest first. */
export async function readChannelTroubles(pool: Pool, companyId: string): Promise<ChannelTrouble[]> {
  const { rows } = await pool.query<ChannelTrouble>(
    `select channel_id as "channelId", problem, since,
       (select count(*) from outbox where outbox.company_id = channel_trouble.company_id
          and outbox.channel_id = channel_trouble.channel_id and free_at is not null) as waiting
     from channel_trouble where company_id = $1 order by since`,
    [companyId],
  );
  return rows;
}
