import { Client, DefaultRestOptions, GatewayIntentBits, Options, SimpleShardingStrategy } from 'discord.js';

export type ClientOptions = {
  apiUrl: string;
  /** Aborted when the client is given up: what is still under way ends, and nothing new begins. */
  givenUp: AbortSignal;
};

/** None that Discord gives on request only: without those, messages come without their text. */
const intents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildVoiceStates,
] as const;

const hourS = 60 * 60;

/** A client that sees what people do, and keeps no more of it than discord.js needs to read an interaction. */
export function createClient({ apiUrl, givenUp }: ClientOptions): Client {
  return new Client({
    intents,
    // Every message says that it pings nobody.
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ...Object.fromEntries(UNUSED.map((manager) => [manager, 0])),
    }),
    // Whoever writes is kept by discord.js until then.
    sweepers: {
      users: { interval: hourS, filter: () => (user) => user.id !== user.client.user.id },
      guildMembers: { interval: hourS, filter: () => (member) => member.id !== member.client.user.id },
    },
    rest: {
      api: apiUrl,
      makeRequest: (url, init) =>
        DefaultRestOptions.makeRequest(url, {
          ...init,
          signal: init.signal ? AbortSignal.any([init.signal, givenUp]) : givenUp,
        }),
    },
    ws: { buildStrategy: (manager) => new SimpleShardingStrategy(withoutReconnecting(manager, givenUp)) },
  });
}

/** Limiting members and users as well costs more time than it saves memory. */
const UNUSED = [
  'AutoModerationRuleManager',
  'BaseGuildEmojiManager',
  'GuildBanManager',
  'GuildEmojiManager',
  'GuildInviteManager',
  'GuildScheduledEventManager',
  'GuildStickerManager',
  'MessageManager',
  'PresenceManager',
  'ReactionManager',
  'ReactionUserManager',
  'StageInstanceManager',
  'VoiceStateManager',
] as const;

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/**
 * `client.destroy()` passes over a shard that waits to connect again, which then connects all the same and keeps the
 * process alive. Every attempt begins by asking for the session: once given up, it waits for the answer for ever.
 */
function withoutReconnecting(manager: Manager, givenUp: AbortSignal): Manager {
  const retrieveSessionInfo = manager.options.retrieveSessionInfo;
  manager.options.retrieveSessionInfo = (shardId) =>
    givenUp.aborted ? new Promise(() => {}) : retrieveSessionInfo(shardId);
  return manager;
}
