import type { Pool } from 'pg';

/** How far the Discord channels of a company are read. */
export type DiscordReading = {
  /** Channels and threads that the bot may read. */
  channels: number;
  /** Those of them that are read up to the present. */
  reached: number;
  /** Those that it may not read. */
  refused: number;
  /** Messages that were read from history, whoever wrote them. */
  messages: number;
  /** What the channels are called that are read just now. */
  reading: string[];
};

/** Null where the bot hasn't met any channel yet. */
export async function readDiscordReading(
  database: Pick<Pool, 'query'>,
  companyId: string,
): Promise<DiscordReading | null> {
  const { rows } = await database.query<DiscordReading>(
    `select count(*) filter (where state <> 'refused') as channels, count(*) filter (where state = 'reached') as reached,
       count(*) filter (where state = 'refused') as refused, coalesce(sum(messages), 0) as messages,
       coalesce(array_agg(name order by name) filter (where state = 'reading' and name is not null), '{}') as reading
     from discord_channel
     left join channel using (company_id, id)
     where company_id = $1 and coalesce(platform, 'discord') = 'discord'
     having count(*) > 0`,
    [companyId],
  );
  return rows[0] ?? null;
}
