import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { commands } from '../commands/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import { type ContextParts, commandContext } from './command-context.ts';
import { type Config, requireDiscordToken } from './config.ts';
import { type Gateway, startGateway } from './discord/gateway.ts';
import { startPoster } from './discord/posting/poster.ts';
import { startChecks } from './doctor/checks.ts';
import { tokenCheck } from './doctor/discord-checks.ts';
import { logChecks } from './doctor/log-checks.ts';
import { UserError } from './domain/user-error.ts';
import { createHttpApp } from './http/app.ts';
import { linkCallbackPath } from './http/link-guild.ts';
import { keepMonths } from './ingest/activities/partitions.ts';
import { createGuildLinking, type GuildLinking } from './ingest/guild-linking.ts';
import { createIngest, type IngestParts } from './ingest/ingest.ts';
import { refreshBooks } from './ingest/rebuild.ts';
import { startJobs } from './jobs/start-jobs.ts';
import type { Log } from './log.ts';
import { createChartRenderer } from './render/charts/chart-renderer.ts';
import type { Sources } from './reports/question.ts';
import { companyOfGuild } from './store/company-of-guild.ts';
import { createOutbox } from './store/create-outbox.ts';
import type { Database } from './store/database.ts';
import { pendingMigrations } from './store/migrate.ts';
import { openStore } from './store/open-store.ts';
import { readWhopPlaces } from './store/whop-places.ts';
import { createReceiver } from './whop/receive.ts';
import { createWhopSignIn } from './whop/sign-in.ts';
import { listenToWhop } from './whop/websocket/listen.ts';
import { whopJobs } from './whop-jobs.ts';

export type App = {
  readonly sources: Sources;
  /** Where HTTP listens, such as `http://127.0.0.1:3000`; null where this process doesn't. */
  readonly url: string | null;
  /** Ends everything in the reverse of the order in which it was started; what was received is committed. */
  stop(): Promise<void>;
};

type Surroundings = {
  stopping?: AbortSignal;
  /** What time it is where deliveries are received, in ms; the machine's own where nothing else is told. */
  clock?: () => number;
};

/**
 * Starts the parts that the configured roles need. Where one fails, or `stopping` is aborted meanwhile, those before it are
 * ended and the promise is rejected.
 */
export async function startApp(config: Config, log: Log, surroundings: Surroundings = {}): Promise<App> {
  const { stopping, clock = Date.now } = surroundings;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    const token = config.roles.has('gateway') ? requireDiscordToken(config) : null;
    const database = await openStore(config, log);
    stops.push(database.stop);
    await logChecks(startChecks, { config, database, log });
    stopping?.throwIfAborted();
    await refreshBooks({ pool: database.pool, settings: config.company, log });
    stopping?.throwIfAborted();
    const sources: Sources = { database, settings: config.company };
    const linking = createServerLinking(config, database.pool);
    let gateway: Gateway | null = null;
    const readiness = () => unreadiness(database, token === null ? null : () => gateway?.ready() ?? false);
    const url = config.roles.has('web')
      ? await startWeb(config, { database, readiness, clock, linking, log }, stops)
      : null;
    if (config.roles.has('jobs')) {
      stops.push(startClock(config, { sources, log }));
      stops.push(startListening(config, database.pool, log));
    }
    if (token !== null) {
      await unlessAborted(logChecks([tokenCheck], { config, database, log }), stopping);
      const discord = startDiscord(config, token, { sources, log, gateway: () => gateway, linking });
      gateway = await unlessAborted(discord, stopping);
      stops.push(gateway.stop);
      stops.push(startPoster({ token, apiUrl: config.discord.apiUrl, outbox: createOutbox(database.pool), log }).stop);
    }
    log.info({ version: packageJson.version, roles: [...config.roles], url }, 'started');
    return { sources, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Discord may let a bot wait for a minute, whoever stops it doesn't. */
function unlessAborted<T>(work: Promise<T>, stopping: AbortSignal | undefined): Promise<T> {
  if (stopping === undefined) return work;
  const aborted = once(stopping, 'abort').then(() => Promise.reject(stopping.reason));
  return Promise.race([work, aborted]);
}

type WebParts = {
  database: Database;
  readiness: () => Promise<string | null>;
  clock: () => number;
  linking: GuildLinking | null;
  log: Log;
};

async function startWeb(config: Config, parts: WebParts, stops: (() => Promise<void>)[]) {
  const { database, readiness, clock, linking, log } = parts;
  const ingest = createIngest({ ...ingestParts(config, database.pool, log), clock });
  stops.push(ingest.stop);
  const receive = createReceiver(config.whop, clock);
  const http = createHttpApp({ ingest, receive, readiness, linking, log });
  stops.push(async () => http.close());
  return listen(http, config.http);
}

async function listen(http: FastifyInstance, { host, port }: Config['http']): Promise<string> {
  try {
    return await http.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE') throw new UserError(`Port ${port} is in use: set PORT to another one, or 0 for any.`);
    if (code === 'EACCES') throw new UserError(`Port ${port} is not allowed to this user: set PORT above 1023.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new UserError(`HOST ${host} is no address of this machine: set it to 0.0.0.0 or 127.0.0.1.`);
    }
    throw error;
  }
}

/** Null where it isn't set up: it takes an address that people reach, and an app at Whop. */
function createServerLinking({ http, whop }: Config, pool: Database['pool']): GuildLinking | null {
  const { apiKey, appId, graphqlOrigin: origin } = whop;
  if (http.publicUrl === null || apiKey === null || appId === null) return null;
  const redirectUri = `${http.publicUrl}${linkCallbackPath}`;
  return createGuildLinking(pool, createWhopSignIn({ apiKey, appId, origin, redirectUri }));
}

function ingestParts({ company, activity, whop }: Config, pool: Database['pool'], log: Log): IngestParts {
  const { retentionDays: activityRetentionDays } = activity;
  return { pool, log, settings: company, activityRetentionDays, ownWhopUserId: whop.agentUserId };
}

function startClock(config: Config, { sources, log }: { sources: Sources; log: Log }) {
  const { pool } = sources.database;
  const ingest = createIngest(ingestParts(config, pool, log));
  const { retentionDays: activityRetentionDays } = config.activity;
  const keepActivityMonths = async (now: number) => {
    const months = await keepMonths(pool, now, activityRetentionDays);
    if (months.length > 0) log.info({ months }, 'activities dropped');
  };
  const { companyId } = config.whop;
  const drawChart = createChartRenderer({ ...config.charts, log });
  const ofWhop = whopJobs(config, { sources, ingest, log });
  return startJobs({ sources, companyId, ...ofWhop, drawChart, activityRetentionDays, keepActivityMonths, log }).stop;
}

/** Nothing to be stopped where it isn't set up: it takes an app at Whop, and a user to see with. */
function startListening(config: Config, pool: Database['pool'], log: Log): () => Promise<void> {
  const { apiKey, appId, agentUserId, websocketOrigin: origin } = config.whop;
  if (apiKey === null || appId === null || agentUserId === null) return async () => {};
  const ingest = createIngest(ingestParts(config, pool, log));
  const readPlaces = () => readWhopPlaces(pool);
  return listenToWhop({ account: { apiKey, appId, agentUserId }, origin, ingest, readPlaces, log }).stop;
}

function startDiscord(config: Config, token: string, parts: ContextParts) {
  const { sources, log } = parts;
  const { backfillDays } = config.activity;
  const ingest = createIngest(ingestParts(config, sources.database.pool, log));
  const context = commandContext(config, parts);
  const { apiUrl, guildIds } = config.discord;
  const { companyId } = config.whop;
  const companyOf = (guildId: string) => companyOfGuild(sources.database.pool, guildId, { guildIds, companyId });
  return startGateway({ token, apiUrl, commands, context, companyOf, log, activity: { ingest, backfillDays } });
}

/** Why this process can't do its work just now; null when it can. */
async function unreadiness(database: Database, gatewayReady: (() => boolean) | null): Promise<string | null> {
  try {
    const pending = await pendingMigrations(database.pool);
    if (pending.length > 0) return `migrations are missing: ${pending.join(', ')}`;
  } catch {
    return 'the database is not reached';
  }
  return gatewayReady === null || gatewayReady() ? null : 'Discord’s gateway is not connected';
}
