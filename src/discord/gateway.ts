import { setTimeout as delay } from 'node:timers/promises';
import { type Client, Events, Status } from 'discord.js';
import type { Log } from '../log.ts';
import { type ActivityParts, type Tracking, trackActivity } from './activity/track-activity.ts';
import { createClient } from './client.ts';
import { errorFacts } from './error-facts.ts';
import { lackingPermissions } from './lacking-permissions.ts';
import { logIn } from './login.ts';
import { type MemberNames, memberNames } from './member-names.ts';
import { registerCommands } from './registration.ts';
import { createRouter, type RouterParts } from './router.ts';

export type GatewayOptions<Context> = RouterParts<Context> & {
  token: string;
  apiUrl: string;
  /** How long Discord may take to let the bot in (60 s). */
  readyTimeoutMs?: number;
  /** Where what people do is counted; nothing is without it. */
  activity?: Omit<ActivityParts, 'companyOf' | 'log'>;
};

export type Gateway = {
  /** Whether interactions arrive just now. */
  ready(): boolean;
  /** What a guild is called; its id where it isn't known. */
  guildName(guildId: string): string;
  /** Which permissions the bot lacks in a channel, by Discord's names; null where it can't see it. */
  lackingPermissions(channelId: string): string[] | null;
  /** What these are called in a guild just now; see `memberNames`. */
  memberNames(guildId: string, userIds: readonly string[]): Promise<MemberNames[]>;
  /** Waits up to 5 s for answers under way, then leaves nothing running. */
  stop(): Promise<void>;
};

const GRACE_MS = 5000;
const GOODBYE_MS = 2000;
/** Discord's limits may let it take longer to ask for the names of a few people than anybody wants to wait. */
const NAMES_MS = 15_000;

/**
 * Connects to Discord, registers the commands and answers them.
 *
 * @throws UserError when Discord can't be reached or doesn't let the bot in.
 */
export async function startGateway<Context>(options: GatewayOptions<Context>): Promise<Gateway> {
  const { token, apiUrl, log, readyTimeoutMs = 60_000 } = options;
  const givenUp = new AbortController();
  const client = createClient({ apiUrl, givenUp: givenUp.signal });
  const answers = answerInteractions(client, options);
  logConnection(client, log);
  const activity = trackOrNot(client, options);
  try {
    await logIn(client, { token, apiUrl, timeoutMs: readyTimeoutMs });
  } catch (error) {
    givenUp.abort();
    await activity.stop(0);
    throw error;
  }
  await register(client, options);
  return {
    ready: () => isConnected(client),
    guildName: (guildId) => client.guilds.cache.get(guildId)?.name ?? guildId,
    lackingPermissions: (channelId) => lackingPermissions(client, channelId),
    memberNames: (guildId, userIds) => memberNames(client, { guildId, userIds, timeoutMs: NAMES_MS }),
    async stop() {
      await Promise.all([answers.stop(), withinMs(GRACE_MS, activity.stop(GRACE_MS))]);
      givenUp.abort();
      await withinMs(GOODBYE_MS, client.destroy());
    },
  };
}

function trackOrNot<Context>(client: Client, { activity, companyOf, log }: GatewayOptions<Context>): Tracking {
  if (activity === undefined) return { stop: async () => {} };
  return trackActivity(client, { ...activity, companyOf, log }, () => isConnected(client));
}

/** Commands that Discord knows already go on working when it doesn't take the new list, so that is no reason to stop. */
async function register<Context>(client: Client, { commands, log }: GatewayOptions<Context>): Promise<void> {
  const payloads = commands.map((command) => command.payload);
  try {
    if (client.isReady()) await registerCommands(client, payloads, log);
  } catch (error) {
    log.error({ error: errorFacts(error) }, 'commands not registered');
  }
}

function answerInteractions<Context>(client: Client, parts: RouterParts<Context>): { stop(): Promise<void> } {
  const route = createRouter(parts);
  const running = new Set<Promise<void>>();
  const onInteraction = (interaction: Parameters<typeof route>[0]) => {
    const answer = route(interaction);
    running.add(answer);
    void answer.finally(() => running.delete(answer));
  };
  client.on(Events.InteractionCreate, onInteraction);
  return {
    async stop() {
      client.off(Events.InteractionCreate, onInteraction);
      await withinMs(GRACE_MS, Promise.all(running));
    },
  };
}

async function withinMs(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  const done = new AbortController();
  const timeout = delay(timeoutMs, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work, timeout]);
  done.abort();
}

function isConnected(client: Client): boolean {
  // The manager stays "ready" while its shards reconnect.
  return client.isReady() && client.ws.shards.every((shard) => shard.status === Status.Ready);
}

function logConnection(client: Client, log: Log): void {
  client.on(Events.Error, (error) => log.error({ error: errorFacts(error) }, 'discord client failed'));
  client.on(Events.ShardError, (error) => log.warn({ error: errorFacts(error) }, 'gateway connection failed'));
  client.on(Events.ShardReconnecting, (shard) => log.warn({ shard }, 'gateway connection lost'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'gateway connection resumed'));
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'gateway ready'));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error({ shard, code }, 'gateway connection ended for good'),
  );
}
