import type { Pool } from 'pg';
import type { Platform } from '../../domain/activity.ts';

export type ChannelNames = {
  companyId: string;
  platform: Platform;
  channels: readonly { id: string; name: string }[];
};

/** Keeps what channels are called; the newest name counts. */
export async function writeChannels(pool: Pool, { companyId, platform, channels }: ChannelNames): Promise<void> {
  if (channels.length === 0) return;
  const byId = new Map(channels.map(({ id, name }) => [id, name]));
  await pool.query(
    `insert into channel as kept (company_id, platform, id, name)
     select $1, $2, id, name from unnest($3::text[], $4::text[]) as channel (id, name)
     on conflict (company_id, platform, id) do update set name = excluded.name where kept.name <> excluded.name`,
    [companyId, platform, [...byId.keys()], [...byId.values()]],
  );
}
