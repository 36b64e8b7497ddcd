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

/** Forgets whose a guild is, and all that was set in it. */
export async function unlinkGuild(database: Queryable, guildId: string): Promise<void> {
  await database.query(
    `with link as (delete from guild_link where guild_id = $1)
     delete from guild_settings where guild_id = $1`,
    [guildId],
  );
}
