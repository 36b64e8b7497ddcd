import type { Pool } from 'pg';
import type { Instant } from '../../domain/facts.ts';

export type GuildChannels = { companyId: string; guildId: string; channelIds: readonly string[] };

/** Where to go on with the archived threads of a channel. */
export type ArchiveMark = {
  channelId: string;
  /** Those that were archived until then are known; null where nobody could look. */
  readTo: Instant | null;
  /** A snowflake: where the guild's history begins. */
  readFrom: string;
};

/** Of channels of a guild whose history has begun. */
export async function planArchives(
  pool: Pool,
  { companyId, guildId, channelIds }: GuildChannels,
): Promise<ArchiveMark[]> {
  const { rows } = await pool.query<ArchiveMark>(
    `select channel.id as "channelId", (extract(epoch from read_to) * 1000)::bigint as "readTo", read_from::text as "readFrom"
     from discord_guild guild
     cross join unnest($3::text[]) as channel (id)
     left join discord_archive archive on archive.company_id = $1 and archive.id = channel.id
     where guild.company_id = $1 and guild.id = $2`,
    [companyId, guildId, channelIds],
  );
  return rows;
}

export type ArchiveRead = { companyId: string; channelId: string; until: Instant };

/** Every thread of the channel that was archived until then is known. */
export async function writeArchiveRead(pool: Pool, { companyId, channelId, until }: ArchiveRead): Promise<void> {
  await pool.query(
    `insert into discord_archive as kept (company_id, id, read_to) values ($1, $2, $3)
     on conflict (company_id, id) do update set read_to = greatest(kept.read_to, excluded.read_to)`,
    [companyId, channelId, new Date(until)],
  );
}
