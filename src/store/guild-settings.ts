import type { Pool } from 'pg';

/** Where in a guild a company's staff is told things; Discord's ids, null where nothing is set. */
export type GuildSettings = {
  staffChannelId: string | null;
  digestChannelId: string | null;
  staffRoleId: string | null;
  /** Who set something last. */
  setUpBy: string;
};

/** What is to be set from now on; what isn't named stays. */
export type GuildChange = { readonly [Name in keyof Omit<GuildSettings, 'setUpBy'>]?: string | undefined };

type Queryable = Pick<Pool, 'query'>;

const columns = `guild_id as "guildId", staff_channel_id as "staffChannelId", digest_channel_id as "digestChannelId",
  staff_role_id as "staffRoleId", set_up_by as "setUpBy"`;

/** Every guild of a company in which something was set, in the order of ids. */
export async function readGuilds(
  database: Queryable,
  companyId: string,
): Promise<(GuildSettings & { guildId: string })[]> {
  const { rows } = await database.query<GuildSettings & { guildId: string }>(
    `select ${columns} from guild_settings where company_id = $1 order by guild_id`,
    [companyId],
  );
  return rows;
}

export async function writeGuildSettings(
  database: Queryable,
  { companyId, guildId, setUpBy }: { companyId: string; guildId: string; setUpBy: string },
  { staffChannelId, digestChannelId, staffRoleId }: GuildChange,
): Promise<void> {
  await database.query(
    `insert into guild_settings (company_id, guild_id, set_up_by, staff_channel_id, digest_channel_id, staff_role_id)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (company_id, guild_id) do update set set_up_by = excluded.set_up_by,
       staff_channel_id = coalesce(excluded.staff_channel_id, guild_settings.staff_channel_id),
       digest_channel_id = coalesce(excluded.digest_channel_id, guild_settings.digest_channel_id),
       staff_role_id = coalesce(excluded.staff_role_id, guild_settings.staff_role_id)`,
    [companyId, guildId, setUpBy, staffChannelId, digestChannelId, staffRoleId],
  );
}
