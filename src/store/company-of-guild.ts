import type { Pool } from 'pg';
import { readLinkedCompany } from './guild-link.ts';

type Environment = {
  /** DISCORD_GUILD_IDS */
  guildIds: readonly string[];
  /** WHOP_COMPANY_ID */
  companyId: string | null;
};

/** The company that a guild belongs to: the environment says so, or an admin of the company linked it; null where neither. */
export async function companyOfGuild(pool: Pool, guildId: string, environment: Environment): Promise<string | null> {
  const listed = environment.guildIds.includes(guildId) ? environment.companyId : null;
  return listed ?? readLinkedCompany(pool, guildId);
}
