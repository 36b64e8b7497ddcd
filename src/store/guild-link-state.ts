import type { Pool } from 'pg';

/** Who wants to link which guild to which company. */
export type LinkWish = { companyId: string; guildId: string; guildName: string; userId: string };

const columns = `company_id as "companyId", guild_id as "guildId", guild_name as "guildName", user_id as "userId"`;

/** Remembers a wish for so long, and forgets those whose time is over. */
export async function writeLinkWish(pool: Pool, stateHash: string, wish: LinkWish, validMs: number): Promise<void> {
  const { companyId, guildId, guildName, userId } = wish;
  await pool.query('delete from guild_link_state where expires_at <= now()');
  await pool.query(
    `insert into guild_link_state (state_hash, company_id, guild_id, guild_name, user_id, expires_at)
     values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')`,
    [stateHash, companyId, guildId, guildName, userId, validMs],
  );
}

/** Null where there is none, or its time is over. */
export async function readLinkWish(pool: Pool, stateHash: string): Promise<LinkWish | null> {
  const { rows } = await pool.query<LinkWish>(
    `select ${columns} from guild_link_state where state_hash = $1 and expires_at > now()`,
    [stateHash],
  );
  return rows[0] ?? null;
}

/** The same, once. */
export async function takeLinkWish(pool: Pool, stateHash: string): Promise<LinkWish | null> {
  const { rows } = await pool.query<LinkWish>(
    `delete from guild_link_state where state_hash = $1 and expires_at > now() returning ${columns}`,
    [stateHash],
  );
  return rows[0] ?? null;
}
