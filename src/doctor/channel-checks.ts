import type { Client } from 'discord.js';
import { lackingPermissions } from '../discord/lacking-permissions.ts';
import { readableChannels } from '../discord/readable-channels.ts';
import { readGuilds } from '../store/guild-settings.ts';
import { type Check, ok, problem, skipped } from './check.ts';
import { connectedCompanyIds, connectedGuildIds } from './discord-checks.ts';
import type { Patient } from './patient.ts';

export const postingCheck: Check<Patient> = {
  name: 'Channels to post to',
  needs: ['Migrations', 'Servers'],
  run: async (patient) => {
    const client = await patient.discord();
    const channels = await chosenChannels(patient);
    if (channels.length === 0) return skipped('none is chosen; /setup server does it');
    const lacks = channels.flatMap((channel) => lackOf(client, channel) ?? []);
    if (lacks.length === 0) return ok(`the bot may post to all ${channels.length}`);
    return problem(lacks.join('; '), 'give it to the bot in that channel, or choose another one with /setup server');
  },
};

export const readingCheck: Check<Patient> = {
  name: 'Channels to read',
  needs: ['Servers'],
  run: async (patient) => {
    const { guilds } = await patient.discord();
    const those = (await connectedGuildIds(patient)).flatMap((id) => guilds.cache.get(id) ?? []);
    const each = those.map((guild) => ({ server: guild.name, ...readableChannels(guild) }));
    const blind = each.filter(({ readable }) => readable === 0);
    if (blind.length > 0) {
      const names = blind.map(({ server }) => server).join(', ');
      return problem(`none in ${names}`, 'give the bot View Channel and Read Message History');
    }
    const partly = each.filter(({ withoutHistory }) => withoutHistory.length > 0);
    if (partly.length > 0) {
      const names = partly.map(({ server, withoutHistory }) => `${withoutHistory.join(', ')} in ${server}`).join('; ');
      return problem(
        `what is written while the bot is away is not counted in ${names}`,
        'give it Read Message History there',
      );
    }
    return ok(
      each.map(({ server, readable, hidden }) => `${readable} in ${server}, ${hidden} hidden from it`).join('; '),
    );
  },
};

type ChosenChannel = { channelId: string; purpose: 'staff' | 'digest' };

async function chosenChannels(patient: Patient): Promise<ChosenChannel[]> {
  const { pool } = await patient.database();
  const companies = await connectedCompanyIds(patient);
  const guilds = await Promise.all(companies.map((companyId) => readGuilds(pool, companyId)));
  return guilds
    .flat()
    .flatMap(({ staffChannelId, digestChannelId }) => [
      ...(staffChannelId === null ? [] : [{ channelId: staffChannelId, purpose: 'staff' as const }]),
      ...(digestChannelId === null ? [] : [{ channelId: digestChannelId, purpose: 'digest' as const }]),
    ]);
}

function lackOf(client: Client, { channelId, purpose }: ChosenChannel): string | null {
  const lacking = lackingPermissions(client, channelId);
  if (lacking === null) return `the ${purpose} channel ${channelId} is gone, or the bot lacks View Channel there`;
  return lacking.length === 0 ? null : `the ${purpose} channel ${channelId} lacks ${lacking.join(', ')}`;
}
