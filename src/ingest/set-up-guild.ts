import type { Instant } from '../domain/facts.ts';
import { beginDigests } from '../store/digest-schedule.ts';
import { type GuildChange, readGuilds, writeGuildSettings } from '../store/guild-settings.ts';
import { redirect } from '../store/outbox.ts';
import { changeSettings, type SettingsChange } from './change-settings.ts';
import type { IngestParts } from './ingest.ts';
import { inTransaction } from './transaction.ts';

export type SetUp = {
  companyId: string;
  guildId: string;
  setUpBy: string;
  now: Instant;
  guild: GuildChange;
  company: SettingsChange;
};

/**
 * Changes what is set for a guild and for its company; what waits for a channel that was replaced goes to the new one. A company
 * that has a channel for its digest only now isn't late with the one that was due before.
 */
export async function setUpGuild(parts: Pick<IngestParts, 'pool' | 'settings'>, setUp: SetUp): Promise<void> {
  const { companyId, guildId, guild, company, now } = setUp;
  await changeSettings(parts, companyId, company);
  if (Object.values(guild).every((value) => value === undefined)) return;
  await inTransaction(parts.pool, {}, async (client) => {
    const guilds = await readGuilds(client, companyId);
    const before = guilds.find((one) => one.guildId === guildId);
    const isFirst =
      guild.digestChannelId !== undefined && guilds.every(({ digestChannelId }) => digestChannelId === null);
    if (isFirst) await beginDigests(client, companyId, now);
    await writeGuildSettings(client, setUp, guild);
    for (const name of ['staffChannelId', 'digestChannelId'] as const) {
      const [from, to] = [before?.[name], guild[name]];
      const isShared = before?.staffChannelId === before?.digestChannelId;
      if (from && to && from !== to && !isShared) await redirect(client, { companyId, from, to });
    }
  });
}
