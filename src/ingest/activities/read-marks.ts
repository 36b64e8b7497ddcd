import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../transaction.ts';
import type { ReadMark } from './activity-page.ts';

/** A Discord channel or thread of which history is to be read. */
type KnownChannel = {
  id: string;
  /** Whether the bot may read its history. */
  isReadable: boolean;
  /** A snowflake that no message of it is newer than; null where it has none. */
  lastMessageId: string | null;
};

export type GuildHistory = {
  companyId: string;
  guildId: string;
  /** A snowflake: where history begins if the guild is met for the first time. */
  readFrom: string;
  channels: readonly KnownChannel[];
};

/** Where to go on in a channel: whether it has something to be read behind its mark. */
export type ChannelPlan = { id: string; readTo: string; state: 'waiting' | 'reached' | 'refused' };

/**
 * Gives each channel that has none its mark, which is where the guild's history begins, and says what is to be read: of these
 * channels, and of those that an earlier reading was stopped in.
 */
export async function planReading(pool: Pool, history: GuildHistory): Promise<ChannelPlan[]> {
  const { companyId, guildId, readFrom, channels } = history;
  return inTransaction(pool, { activities: [companyId] }, async (client) => {
    await client.query(
      `insert into discord_guild (company_id, id, read_from) values ($1, $2, $3) on conflict (company_id, id) do nothing`,
      [companyId, guildId, readFrom],
    );
    await client.query(planStatement, [
      companyId,
      guildId,
      channels.map(({ id }) => id),
      channels.map(({ isReadable }) => isReadable),
      channels.map(({ lastMessageId }) => lastMessageId),
    ]);
    const { rows } = await client.query<ChannelPlan>(
      `select id, read_to::text as "readTo", case state when 'reading' then 'waiting' else state end as state
       from discord_channel
       where company_id = $1 and guild_id = $2 and (id = any($3::text[]) or state in ('waiting', 'reading'))`,
      [companyId, guildId, channels.map(({ id }) => id)],
    );
    return rows;
  });
}

const planStatement = `
  insert into discord_channel as kept (company_id, id, guild_id, read_to, state)
  select $1, channel.id, $2, read_from, ${stateOf('read_from')}
  from unnest($3::text[], $4::bool[], $5::numeric[]) as channel (id, is_readable, last_message_id)
  join discord_guild on discord_guild.company_id = $1 and discord_guild.id = $2
  on conflict (company_id, id) do update set state = (
    select ${stateOf('kept.read_to')}
    from unnest($3::text[], $4::bool[], $5::numeric[]) as channel (id, is_readable, last_message_id)
    where channel.id = kept.id
  )`;

function stateOf(readTo: string): string {
  return `case when not channel.is_readable then 'refused'
    when coalesce(channel.last_message_id, 0) <= ${readTo} then 'reached' else 'waiting' end`;
}

/** A mark never goes back. Of several of one channel the last is written. */
export async function writeMarks(client: PoolClient, companyId: string, marks: readonly ReadMark[]): Promise<void> {
  if (marks.length === 0) return;
  const last = [...new Map(marks.map((mark) => [mark.channelId, mark])).values()];
  await client.query(
    `insert into discord_channel as kept (company_id, id, guild_id, read_to, state, messages)
     select $1, id, guild_id, read_to, coalesce(state, 'reached'), messages
     from unnest($2::text[], $3::text[], $4::numeric[], $5::text[], $6::int[])
       as mark (id, guild_id, read_to, state, messages)
     on conflict (company_id, id) do update set read_to = greatest(kept.read_to, excluded.read_to),
       state = excluded.state, messages = kept.messages + excluded.messages`,
    [
      companyId,
      last.map(({ channelId }) => channelId),
      last.map(({ guildId }) => guildId),
      last.map(({ readTo }) => readTo),
      last.map(({ page }) => page?.state ?? null),
      last.map(({ page }) => page?.messages ?? 0),
    ],
  );
}
