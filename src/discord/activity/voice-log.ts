import type { APIVoiceState, GatewayGuildCreateDispatchData, GatewayVoiceState } from 'discord.js';
import type { Presence, VoiceNews } from '../../ingest/activities/voice-sessions.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import type { GuildCompanies } from './guild-companies.ts';
import { patiently } from './patiently.ts';
import type { Places } from './places.ts';

type Parts = { ingest: Pick<Ingest, 'recordVoice'>; companies: GuildCompanies; places: Places; log: Log };

/** Keeps who is in voice and stage channels; what it is told is committed in that order. */
export type VoiceLog = {
  guildTold(guild: GatewayGuildCreateDispatchData): void;
  guildGone(guildId: string): void;
  stateTold(guildId: string, state: GatewayVoiceState): void;
  /** Writes down that all sessions still go on. */
  tick(): void;
  /** Commits what it was told. */
  drain(): Promise<void>;
  stop(): void;
};

type Told = Omit<VoiceNews, 'companyId'>;
type Guild = { afkChannelId: string | null; present: Map<string, Presence> };

/** So much waits at most while the database can't be reached; what comes then ends with the next news about everybody. */
const capacity = 10_000;

export function createVoiceLog({ ingest, companies, places, log }: Parts): VoiceLog {
  const guilds = new Map<string, Guild>();
  const waiting: Told[] = [];
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  function tell(guildId: string, accountId: string | null): void {
    const present = [...(guilds.get(guildId)?.present.values() ?? [])];
    if (waiting.length >= capacity) return;
    const concerned = accountId === null ? present : present.filter((one) => one.accountId === accountId);
    waiting.push({ guildId, accountId, at: Date.now(), present: concerned });
    running ??= commitAll();
  }

  async function commitAll(): Promise<void> {
    for (let news = waiting[0]; news !== undefined && !stopping.signal.aborted; news = waiting[0]) {
      const told: Told = news;
      const task = { task: 'record voice', guildId: told.guildId };
      await patiently(() => commit(told), { stopping: stopping.signal, log, task });
      waiting.shift();
    }
    running = null;
  }

  async function commit(news: Told): Promise<void> {
    const companyId = await companies.of(news.guildId);
    if (companyId !== null) await ingest.recordVoice({ ...news, companyId });
  }

  function presenceOf(guild: Guild, { channel_id, user_id, member }: APIVoiceState): Presence | null {
    if (channel_id === null || channel_id === guild.afkChannelId || member?.user.bot === true) return null;
    return { accountId: user_id, channelId: channel_id, kind: places.get(channel_id)?.isStage ? 'stage' : 'voice' };
  }

  return {
    guildTold({ id, afk_channel_id, voice_states, members }) {
      const guild: Guild = { afkChannelId: afk_channel_id, present: new Map() };
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
      if (waiting.length > 0) return;
      for (const [guildId, { present }] of guilds) if (present.size > 0) tell(guildId, null);
    },
    async drain() {
      await running;
    },
    stop: () => stopping.abort(),
  };
}
