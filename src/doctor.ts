import { type Config, parseConfig } from './config.ts';
import { UserError } from './domain/user-error.ts';
import type { Log } from './log.ts';
import { openStore } from './store/open-store.ts';

/** One thing that was checked, and what to do about it where it isn't well. */
export type Finding = { state: 'ok' | 'note' | 'wrong'; subject: string; text: string };

/** Checks the settings and what they lead to, in the order in which one would set them. */
export async function diagnose(
  environment: Readonly<Record<string, string | undefined>>,
  log: Log,
): Promise<Finding[]> {
  const config = readConfig(environment);
  if (!('databaseUrl' in config)) return [nodeFinding(), config];
  return [
    nodeFinding(),
    { state: 'ok', subject: 'Settings', text: 'every variable can be read' },
    await databaseFinding(config, log),
    ...whopFindings(config),
    ...(await discordFindings(config)),
    ...companyFindings(config),
  ];
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  return supported
    ? { state: 'ok', subject: 'Node.js', text: process.versions.node }
    : { state: 'wrong', subject: 'Node.js', text: `${process.versions.node}: install 20.19, 22.12, 24 or newer` };
}

function readConfig(environment: Readonly<Record<string, string | undefined>>): Config | Finding {
  try {
    return parseConfig(environment);
  } catch (error) {
    if (error instanceof UserError) return { state: 'wrong', subject: 'Settings', text: error.message };
    throw error;
  }
}

async function databaseFinding(config: Config, log: Log): Promise<Finding> {
  const subject = 'Database';
  const kind = config.databaseUrl === null ? `embedded Postgres under ${config.dataDir}` : 'DATABASE_URL';
  try {
    const database = await openStore(config, log);
    await database.stop();
    return { state: 'ok', subject, text: `${kind}, reached, migrations in place` };
  } catch (error) {
    if (error instanceof UserError) return { state: 'wrong', subject, text: error.message };
    throw error;
  }
}

function whopFindings({ whop }: Config): Finding[] {
  const secrets = whop.webhookSecrets.length;
  return [
    secrets > 0
      ? { state: 'ok', subject: 'WHOP_WEBHOOK_SECRET', text: `${secrets} set` }
      : {
          state: 'wrong',
          subject: 'WHOP_WEBHOOK_SECRET',
          text: 'missing, so that every webhook is refused: copy it from the webhook in Whop’s developer settings',
        },
    whop.apiKey !== null
      ? { state: 'ok', subject: 'WHOP_API_KEY', text: 'set' }
      : {
          state: 'note',
          subject: 'WHOP_API_KEY',
          text: 'not set, so that figures begin with the first webhook: make a key in Whop’s developer settings, and the history is read by itself',
        },
    whop.companyId !== null
      ? { state: 'ok', subject: 'WHOP_COMPANY_ID', text: whop.companyId }
      : {
          state: 'wrong',
          subject: 'WHOP_COMPANY_ID',
          text: 'missing, so that no server is connected: set it to your company’s id, biz_…, from the address of its dashboard',
        },
  ];
}

async function discordFindings({ discord }: Config): Promise<Finding[]> {
  return [
    discord.token === null
      ? {
          state: 'wrong',
          subject: 'DISCORD_TOKEN',
          text: 'missing, so that npm start can’t begin: copy it from your application at discord.com/developers, page Bot',
        }
      : await tokenFinding(discord.apiUrl, discord.token),
    discord.guildIds.length > 0
      ? { state: 'ok', subject: 'DISCORD_GUILD_IDS', text: discord.guildIds.join(', ') }
      : {
          state: 'wrong',
          subject: 'DISCORD_GUILD_IDS',
          text: 'missing, so that no server may ask: set it to your server’s id (right-click the server, Copy Server ID)',
        },
  ];
}

async function tokenFinding(apiUrl: string, token: string): Promise<Finding> {
  const subject = 'DISCORD_TOKEN';
  try {
    const response = await fetch(`${apiUrl}/v10/users/@me`, {
      headers: { authorization: `Bot ${token}` },
      signal: AbortSignal.timeout(5000),
    });
    if (response.ok) return { state: 'ok', subject, text: 'accepted by Discord' };
    if (response.status !== 401)
      return { state: 'note', subject, text: `Discord answered ${response.status}: try again` };
    return { state: 'wrong', subject, text: 'refused by Discord: reset it on the page Bot of your application' };
  } catch {
    return { state: 'note', subject, text: `not checked, ${new URL(apiUrl).host} can’t be reached from here` };
  }
}

function companyFindings({ company, charts, roles }: Config): Finding[] {
  return [
    { state: 'ok', subject: 'TIME_ZONE', text: company.timeZone },
    { state: 'ok', subject: 'REPORTING_CURRENCY', text: company.reportingCurrency ?? 'the currency most paid in' },
    { state: 'ok', subject: 'WEEK_START', text: company.weekStart },
    { state: 'ok', subject: 'CHARTS', text: charts.charts },
    { state: 'ok', subject: 'ROLES', text: [...roles].join(', ') },
  ];
}
