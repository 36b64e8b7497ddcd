import type { PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import type { WhopProgress } from '../../domain/whop-progress.ts';
import type { ChannelName } from './activity-page.ts';
import type { Activities } from './record-activities.ts';

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

export async function writeChannelNames(
  client: PoolClient,
  { companyId, platform }: Pick<Activities, 'companyId' | 'platform'>,
  names: readonly ChannelName[],
): Promise<void> {
  if (names.length === 0) return;
  const byId = new Map(names.map(({ channelId, name }) => [channelId, name]));
  await client.query(
    `insert into channel (company_id, platform, id, name)
     select $1, $2, id, name from unnest($3::text[], $4::text[]) as named (id, name)
     on conflict (company_id, platform, id) do update set name = excluded.name where channel.name <> excluded.name`,
    [companyId, platform, [...byId.keys()], [...byId.values()]],
  );
}

function dateOf(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}
