import type { CompanySettings } from '../domain/company.ts';
import { readCatalogue } from '../store/company-facts.ts';
import { effectiveSettings } from '../store/company-settings.ts';
import { type GuildSettings, readGuilds } from '../store/guild-settings.ts';
import type { Sources } from './question.ts';

/** How a guild is set up for its company. */
export type Setup = CompanySettings &
  Omit<GuildSettings, 'setUpBy'> & {
    /** What the company is called; its id where Whop hasn't said. */
    company: string;
  };

type Asked = { companyId: string; guildId: string };

export async function readSetup({ companyId, guildId }: Asked, { database, settings }: Sources): Promise<Setup> {
  const { pool } = database;
  const [guilds, effective, { company }] = await Promise.all([
    readGuilds(pool, companyId),
    effectiveSettings(pool, companyId, settings),
    readCatalogue(pool, companyId),
  ]);
  const guild = guilds.find((one) => one.guildId === guildId);
  const { staffChannelId = null, digestChannelId = null, staffRoleId = null } = guild ?? {};
  return { ...effective, staffChannelId, digestChannelId, staffRoleId, company: company?.title ?? companyId };
}
