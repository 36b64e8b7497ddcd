import { type GuildChange, readGuilds, writeGuildSettings } from '../store/guild-settings.ts';
import { redirect } from '../store/outbox.ts';
import { changeSettings, type SettingsChange } from './change-settings.ts';
import type { IngestParts } from './ingest.ts';
import { inTransaction } from './transaction.ts';

export type SetUp = {
  companyId: string;
  guildId: string;
  setUpBy: string;
  guild: GuildChange;
  company: SettingsChange;
};

/** Changes what is set for a guild and for its company; what waits for a channel that was replaced goes to the new one. */
export async function setUpGuild(parts: Pick<IngestParts, 'pool' | 'settings'>, setUp: SetUp): Promise<void> {
  const { companyId, guildId, guild, company } = setUp;
  await changeSettings(parts, companyId, company);
  if (Object.values(guild).every((value) => value === undefined)) return;
  await inTransaction(parts.pool, {}, async (client) => {
    const before = (await readGuilds(client, companyId)).find((one) => one.guildId === guildId);
    await writeGuildSettings(client, setUp, guild);
    for (const name of ['staffChannelId', 'digestChannelId'] as const) {
      const [from, to] = [before?.[name], guild[name]];
      const isShared = before?.staffChannelId === before?.digestChannelId;
      if (from && to && from !== to && !isShared) await redirect(client, { companyId, from, to });
    }
  });
}
