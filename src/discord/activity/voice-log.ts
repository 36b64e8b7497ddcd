import type { APIVoiceState, GatewayGuildCreateDispatchData, GatewayVoiceState } from 'discord.js';
import type { Instant } from '../../domain/facts.ts';
import type { Presence } from '../../ingest/activities/voice-sessions.ts';
import type { Places } from './places.ts';
import { createVoiceQueue, type VoiceQueueParts } from './voice-queue.ts';

type Parts = VoiceQueueParts & { places: Places };

type ToldGuild = Pick<GatewayGuildCreateDispatchData, 'id' | 'afk_channel_id' | 'voice_states' | 'members'>;

/** Keeps who is in voice and stage channels; what it is told is committed in that order. */
export type VoiceLog = {
  guildTold(guild: ToldGuild): void;
  guildGone(guildId: string): void;
  stateTold(guildId: string, state: GatewayVoiceState): void;
  /** Writes down that all sessions still go on; at least every few minutes while the gateway is connected. */
  tick(): void;
  /** Commits what it was told. */
  drain(): Promise<void>;
  stop(): void;
};

type Guild = { afkChannelId: string | null; present: Map<string, Presence>; toldAt: Instant };

/** Of a connection that is noticed at least every minute while it is there. */
const longestSilenceMs = 3 * 60_000;

/** Since when it was watched without a gap, each time that it is. */
function createWatch(): () => { at: Instant; since: Instant } {
  let [since, last] = [Date.now(), Date.now()];
  return () => {
    const at = Date.now();
    if (at - last > longestSilenceMs) since = at;
    last = at;
    return { at, since };
  };
}

export function createVoiceLog({ places, ...parts }: Parts): VoiceLog {
  const guilds = new Map<string, Guild>();
  const queue = createVoiceQueue(parts);
  const watch = createWatch();

  function tell(guildId: string, accountId: string | null): void {
    const guild = guilds.get(guildId);
    const { at, since } = watch();
    const watchedSince = Math.max(since, guild?.toldAt ?? since);
    const all = [...(guild?.present.values() ?? [])];
    const present = accountId === null ? all : all.filter((one) => one.accountId === accountId);
    queue.add({ guildId, accountId, at, watchedSince, present });
  }

  function presenceOf(guild: Guild, { channel_id, user_id, member }: APIVoiceState): Presence | null {
    if (channel_id === null || channel_id === guild.afkChannelId || member?.user.bot === true) return null;
    return { accountId: user_id, channelId: channel_id, kind: places.get(channel_id)?.isStage ? 'stage' : 'voice' };
  }

  return {
    guildTold({ id, afk_channel_id, voice_states, members }) {
      const guild: Guild = { afkChannelId: afk_channel_id, present: new Map(), toldAt: Date.now() };
      const bots = new Set(members.filter(({ user }) => user.bot).map(({ user }) => user.id));
      for (const state of voice_states) {
        const presence = bots.has(state.user_id) ? null : presenceOf(guild, state);
        if (presence !== null) guild.present.set(presence.accountId, presence);
      }
      guilds.set(id, guild);
      tell(id, null);
    },
    guildGone(guildId) {
      if (!guilds.delete(guildId)) return;
      tell(guildId, null);
    },
    stateTold(guildId, state) {
      const guild = guilds.get(guildId);
      if (guild === undefined) return;
      const before = guild.present.get(state.user_id);
      const after = presenceOf(guild, state);
      if (before?.channelId === after?.channelId) return;
      if (after === null) guild.present.delete(state.user_id);
      else guild.present.set(state.user_id, after);
      tell(guildId, state.user_id);
    },
    tick() {
      watch();
      if (!queue.isEmpty()) return;
      for (const [guildId, { present }] of guilds) if (present.size > 0) tell(guildId, null);
    },
    drain: queue.drain,
    stop: queue.stop,
  };
}
