import { createIngest, type Ingest } from '../../../src/ingest/ingest.ts';
import { createLog } from '../../../src/log.ts';
import type { Database } from '../../../src/store/database.ts';
import { companyDefaults } from '../facts.ts';
import { type Bot, startBot } from './bot.ts';
import type { FakeDiscord } from './fake-discord.ts';

export const company = 'biz_harbour';

function ingestInto({ pool }: Pick<Database, 'pool'>): Ingest {
  return createIngest({ pool, log: createLog('silent'), settings: companyDefaults });
}

/** The bot that counts what people do, in this process. */
export function startCountingBot(
  discord: FakeDiscord,
  database: Pick<Database, 'pool'>,
  changes: { backfillDays?: number; capacity?: number } = {},
): Promise<Bot> {
  const { backfillDays = 30, capacity } = changes;
  const { guildId: ours } = discord;
  return startBot(discord, {
    companyOf: async (guildId) => (guildId === ours ? company : null),
    activity: { ingest: ingestInto(database), backfillDays, capacity },
  });
}

export type CountedActivity = { kind: string; id: string; channelId: string; account: string; seconds: number };

/** What is counted, in order. */
export async function counted({ pool }: Pick<Database, 'pool'>): Promise<CountedActivity[]> {
  const { rows } = await pool.query<CountedActivity>(
    `select kind, activity.id, channel_id as "channelId", account.id as account, seconds
     from activity join account on account.company_id = activity.company_id and number = account
     order by at, activity.id`,
  );
  return rows;
}

export async function messagesCounted({ pool }: Pick<Database, 'pool'>): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`select count(*) as count from activity where kind = 'message'`);
  return rows[0]?.count ?? 0;
}

/** Channels by how far they are read. */
export async function channelStates({ pool }: Pick<Database, 'pool'>): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ state: string; count: number }>(
    'select state, count(*) as count from discord_channel group by state',
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
