import type { VoiceNews } from '../../ingest/activities/voice-sessions.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import type { GuildCompanies } from './guild-companies.ts';
import { patiently } from './patiently.ts';

export type VoiceQueueParts = { ingest: Pick<Ingest, 'recordVoice'>; companies: GuildCompanies; log: Log };

type Told = Omit<VoiceNews, 'companyId'>;

/** Commits what it is given in that order. */
export type VoiceQueue = {
  add(told: Told): void;
  isEmpty(): boolean;
  /** Resolves once it is empty. */
  drain(): Promise<void>;
  stop(): void;
};

/** So much waits at most while the database can't be reached; what comes then ends with the next news about everybody. */
const capacity = 10_000;

export function createVoiceQueue({ ingest, companies, log }: VoiceQueueParts): VoiceQueue {
  const waiting: Told[] = [];
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  async function commitAll(): Promise<void> {
    for (let news = waiting[0]; news !== undefined && !stopping.signal.aborted; news = waiting[0]) {
      const told: Told = news;
      const task = { task: 'record voice', guildId: told.guildId };
      await patiently(() => commit(told), { stopping: stopping.signal, log, task });
      waiting.shift();
    }
    running = null;
  }

  async function commit(told: Told): Promise<void> {
    await ingest.recordVoice({ ...told, companyId: await companies.of(told.guildId) });
  }

  return {
    add(told) {
      if (waiting.length >= capacity) return;
      waiting.push(told);
      running ??= commitAll();
    },
    isEmpty: () => waiting.length === 0,
    async drain() {
      await running;
    },
    stop: () => stopping.abort(),
  };
}
