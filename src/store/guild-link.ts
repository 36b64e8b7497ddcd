import type { Pool } from 'pg';

type Queryable = Pick<Pool, 'query'>;

type GuildLink = {
  guildId: string;
  companyId: string;
  /** Discord's id of who did it. */
  linkedBy: string;
};

/** The company that a guild was linked to, null where it wasn't. */
export async function readLinkedCompany(database: Queryable, guildId: string): Promise<string | null> {
  const { rows } = await database.query<{ companyId: string }>(
    `select company_id as "companyId" from guild_link where guild_id = $1`,
    [guildId],
  );
  return rows[0]?.companyId ?? null;
}

/** Every guild that was linked, with its company. */
export async function readGuildLinks(database: Queryable): Promise<Omit<GuildLink, 'linkedBy'>[]> {
  const { rows } = await database.query<Omit<GuildLink, 'linkedBy'>>(
    `select guild_id as "guildId", company_id as "companyId" from guild_link order by guild_id`,
  );
  return rows;
}

/** Links a guild, unless another company has it. @returns the company that has it now */
export async function linkGuild(database: Queryable, { guildId, companyId, linkedBy }: GuildLink): Promise<string> {
  const { rows } = await database.query<{ companyId: string }>(
    `insert into guild_link (guild_id, company_id, linked_by, linked_at) values ($1, $2, $3, now())
     on conflict (guild_id) do update set guild_id = excluded.guild_id
     returning company_id as "companyId"`,
    [guildId, companyId, linkedBy],
  );
  return rows[0]?.companyId ?? companyId;
}

/**
 * Forgets whose a guild is, all that was set in it, and what its company still had to say in its channels.
 * @returns whether it was linked
 */
export async function unlinkGuild(database: Queryable, guildId: string): Promise<boolean> {
  const { rows } = await database.query<{ linked: boolean }>(
    `with link as (delete from guild_link where guild_id = $1 returning guild_id),
     settings as (
       delete from guild_settings where guild_id = $1 returning company_id, array[staff_channel_id, digest_channel_id] as ids),
     channel as (select company_id, unnest(ids) as id from settings),
     said as (
       delete from outbox using channel where outbox.company_id = channel.company_id and outbox.channel_id = channel.id),
     trouble as (
       delete from channel_trouble using channel
       where channel_trouble.company_id = channel.company_id and channel_trouble.channel_id = channel.id)
     select exists (select from link) as linked`,
    [guildId],
  );
  return rows[0]?.linked ?? false;
}
