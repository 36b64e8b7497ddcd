import { type Client, Events, type GatewayDispatchPayload } from 'discord.js';
import { createActivityBuffer } from '../../ingest/activities/activity-buffer.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import { errorFacts } from '../error-facts.ts';
import { CatchUp } from './catch-up.ts';
import { GuildCompanies } from './guild-companies.ts';
import { Listener } from './listener.ts';
import { LiveChannels } from './live-channels.ts';
import { Places } from './places.ts';
import { createVoiceLog } from './voice-log.ts';

export type ActivityParts = {
  ingest: Ingest;
  companyOf(guildId: string): Promise<string | null>;
  /** How far back history is read of a guild that is met for the first time. */
  backfillDays: number;
  /** Arrivals that wait for the database at most (10,000). */
  capacity?: number | undefined;
  log: Log;
};

export type Tracking = {
  /** Takes nothing new; resolves once what waits is committed, or `timeoutMs` have passed. */
  stop(timeoutMs: number): Promise<void>;
};

const tickMs = 60_000;

/** Counts what people do in guilds: as the gateway tells it, and from the channels' history where it couldn't. */
export function trackActivity(
  client: Client,
  { ingest, companyOf, backfillDays, capacity = 10_000, log }: ActivityParts,
  isConnected: () => boolean,
): Tracking {
  const places = new Places();
  const live = new LiveChannels();
  const companies = new GuildCompanies(companyOf, (guildId) => catchUp.readGuild(guildId));
  const buffer = createActivityBuffer({ record: ingest.recordActivities, log, capacity });
  const voice = createVoiceLog({ ingest, companies, places, log });
  const catchUp = new CatchUp({ client, companies, places, live, ingest, backfillDays, log });
  const lost = () => log.warn('no room for an activity that can’t be asked for later');
  const named = (guildId: string, channel: { id: string; name: string }) => {
    const companyId = companies.known(guildId);
    if (!companyId) return;
    const names = { companyId, platform: 'discord', channels: [channel] } as const;
    ingest.recordChannels(names).catch((error) => log.warn({ error: errorFacts(error) }, 'channel name not kept'));
  };
  const listener = new Listener({ companies, places, live, buffer, catchUp, voice, named, lost });
  const listen = (packet: GatewayDispatchPayload, shardId: number) => listener.take(packet, shardId);
  client.on(Events.Raw, listen);
  const timer = setInterval(() => isConnected() && voice.tick(), tickMs);
  return {
    async stop(timeoutMs) {
      client.off(Events.Raw, listen);
      clearInterval(timer);
      if (isConnected()) voice.tick();
      const tooLate = AbortSignal.timeout(timeoutMs);
      tooLate.addEventListener('abort', voice.stop);
      await Promise.all([catchUp.stop(), buffer.stop(timeoutMs), voice.drain()]);
    },
  };
}
