import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../domain/user-error.ts';
import { readGuildLinks } from '../store/guild-link.ts';
import { readMigrationState } from '../store/migrate.ts';
import { type Check, type Outcome, ok, problem, skipped } from './check.ts';
import type { Patient, Starting } from './patient.ts';

export const tokenCheck: Check<Starting> = {
  name: 'DISCORD_TOKEN',
  needs: ['Settings'],
  run: async (patient) => {
    const { discord, roles } = patient.config();
    if (discord.token !== null) return tokenOutcome(discord.apiUrl, discord.token);
    if (!roles.has('gateway')) return skipped('not set, and the role gateway isn’t among ROLES');
    return problem(
      'missing, so that npm start can’t begin',
      'copy it from your application at discord.com/developers, page Bot',
    );
  },
};

export const gatewayCheck: Check<Patient> = {
  name: 'Gateway intents',
  needs: ['DISCORD_TOKEN'],
  run: async (patient) => {
    const client = await patient.discord();
    return ok(`${client.options.intents.toArray().join(', ')} are granted; none of them is privileged`);
  },
};

export const guildIdsCheck: Check<Patient> = {
  name: 'DISCORD_GUILD_IDS',
  needs: ['Settings'],
  run: async (patient) => {
    const listed = patient.config().discord.guildIds;
    if (listed.length > 0) return ok(listed.join(', '));
    const links = await linksOf(patient);
    if (links === null) return skipped('not set, and whether servers are linked can’t be read');
    if (links.length > 0) return ok(`not set, and ${links.length} linked by /setup link`);
    return problem(
      'missing, so that no server may ask',
      'set it to your server’s id (right-click the server, Copy Server ID)',
    );
  },
};

export const serversCheck: Check<Patient> = {
  name: 'Servers',
  needs: ['Gateway intents', 'DISCORD_GUILD_IDS'],
  run: async (patient) => {
    const client = await patient.discord();
    const ids = await connectedGuildIds(patient);
    const absent = ids.filter((id) => !client.guilds.cache.has(id));
    if (absent.length === 0) return ok(`the bot is in all ${ids.length}`);
    return problem(`the bot isn’t in ${absent.join(', ')}`, `invite it with ${invitation(client.user?.id ?? '')}`);
  },
};

/** Those that the environment lists and those that were linked. */
export async function connectedGuildIds(patient: Patient): Promise<string[]> {
  const links = (await linksOf(patient)) ?? [];
  return [...new Set([...patient.config().discord.guildIds, ...links.map(({ guildId }) => guildId)])];
}

/** The environment's company and those of linked servers. */
export async function connectedCompanyIds(patient: Patient): Promise<string[]> {
  const { companyId } = patient.config().whop;
  const links = (await linksOf(patient)) ?? [];
  return [...new Set([...(companyId === null ? [] : [companyId]), ...links.map((link) => link.companyId)])];
}

/** Null where they can't be read, of which the database's own checks tell; none yet where it is still empty. */
export async function linksOf(patient: Patient) {
  try {
    const { pool } = await patient.database();
    const { applied, pending } = await readMigrationState(pool);
    if (applied === 0) return [];
    return pending.length > 0 ? null : await readGuildLinks(pool);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

const invited =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory;

function invitation(applicationId: string): string {
  const query = `client_id=${applicationId}&scope=bot+applications.commands&permissions=${invited}`;
  return `https://discord.com/oauth2/authorize?${query}`;
}

async function tokenOutcome(apiUrl: string, token: string): Promise<Outcome> {
  const status = await statusOf(apiUrl, token);
  if (status === 401) return problem('refused by Discord', 'reset it on the page Bot of your application');
  return status === 200 ? ok('accepted by Discord') : problem(`Discord answers ${status}`, 'try again later');
}

async function statusOf(apiUrl: string, token: string): Promise<number> {
  try {
    const headers = { authorization: `Bot ${token}` };
    const { status } = await fetch(`${apiUrl}/v10/users/@me`, { headers, signal: AbortSignal.timeout(5000) });
    return status;
  } catch {
    throw new UserError(`${new URL(apiUrl).host} can’t be reached: see that this machine may connect to it`);
  }
}
