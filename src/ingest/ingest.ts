import type { Pool } from 'pg';
import type { CompanySettings } from '../domain/company.ts';
import { Passing } from '../domain/user-error.ts';
import type { Log } from '../log.ts';
import type { BackfillProgress } from '../store/backfill-progress.ts';
import type { InboxKey } from '../store/unread-deliveries.ts';
import type { ActivityPage } from './activities/activity-page.ts';
import {
  type ArchiveMark,
  type ArchiveRead,
  type GuildChannels,
  planArchives,
  writeArchiveRead,
} from './activities/archive-marks.ts';
import { type ChannelNames, writeChannels } from './activities/channels.ts';
import { commitActivities } from './activities/commit-activities.ts';
import { type ChannelPlan, type GuildHistory, planReading } from './activities/read-marks.ts';
import { commitVoice, type VoiceNews } from './activities/voice-sessions.ts';
import { commitDeliveries, commitInPlace } from './commit-deliveries.ts';
import type { Delivery } from './delivery.ts';
import { createGroupCommit, Overloaded } from './group-commit.ts';
import { commitHistory, type HistoryPage } from './history.ts';
import { factsRefused, isPassing, isRefusal, loggable } from './refusal.ts';
import { commitReread, type Reread, type RereadPage } from './reread.ts';

/** The one door by which anything gets into the database. */
export type Ingest = {
  /**
   * 'recorded' once the delivery is committed, or was before; 'unavailable' where the database can't be reached or too much
   * waits for it, so that the sender has to come again.
   */
  record(delivery: Delivery): Promise<'recorded' | 'unavailable'>;
  /**
   * Commits a page of history that was read from a source, by itself, and answers with how far it is read now.
   * @throws Passing where the database can't be reached
   */
  recordHistory(page: HistoryPage): Promise<BackfillProgress>;
  /**
   * Commits a page of what a source was asked for once more, and answers with how much of it was news.
   * @throws Passing where the database can't be reached
   */
  recordReread(page: RereadPage): Promise<Reread>;
  /**
   * Commits activities, with how far their channels are read, and answers how many of them are new.
   * @throws Passing where the database can't be reached
   */
  recordActivities(page: ActivityPage): Promise<number>;
  /** The following throw Passing, too, where the database can't be reached. */
  recordVoice(news: VoiceNews): Promise<void>;
  recordChannels(names: ChannelNames): Promise<void>;
  planReading(history: GuildHistory): Promise<ChannelPlan[]>;
  planArchives(of: GuildChannels): Promise<ArchiveMark[]>;
  recordArchiveRead(read: ArchiveRead): Promise<void>;
  /**
   * Commits a delivery that was kept unread and is understood now; 'refused' where its facts still can't be stored.
   * @throws Passing where the database can't be reached
   */
  replay(kept: InboxKey, delivery: Delivery): Promise<'recorded' | 'refused'>;
  /** Resolves once all that was given to `record` is answered. */
  stop(): Promise<void>;
};

export type IngestParts = {
  pool: Pool;
  log: Log;
  /** For companies that have set nothing themselves. */
  settings: CompanySettings;
  /** How long activities are kept beside their sums (400 days) */
  activityRetentionDays?: number;
  /** What time it is, by which activities are too old to be kept, or too new to be true (the machine's own). */
  clock?: () => number;
  /** The bot's own user on Whop, whose activities don't count. */
  ownWhopUserId?: string | null;
};

const maxBatch = 500;
const maxWaiting = 2_000;

export function createIngest(parts: IngestParts): Ingest {
  const { log, clock = Date.now } = parts;
  const group = createGroupCommit((batch: readonly Delivery[]) => commitEach(parts, batch), {
    maxBatch,
    maxWaiting,
  });
  return {
    async record(delivery) {
      try {
        await group.add(delivery);
        return 'recorded';
      } catch (error) {
        if (!isPassing(error) && !(error instanceof Overloaded)) throw error;
        log.warn({ ...loggable(error), eventId: delivery.eventId, type: delivery.type }, 'delivery not recorded');
        return 'unavailable';
      }
    },
    recordHistory: (page) => whileReached(commitHistory(parts, page)),
    recordReread: (page) => whileReached(commitReread(parts, page)),
    recordActivities: (page) => whileReached(commitActivities(parts, page, clock())),
    recordVoice: (news) => whileReached(commitVoice(parts, news)),
    recordChannels: (names) => whileReached(writeChannels(parts.pool, names)),
    planReading: (history) => whileReached(planReading(parts.pool, history)),
    planArchives: (of) => whileReached(planArchives(parts.pool, of)),
    recordArchiveRead: (read) => whileReached(writeArchiveRead(parts.pool, read)),
    replay: (kept, delivery) => whileReached(recordOrLeave(parts, kept, delivery)),
    stop: group.drain,
  };
}

async function whileReached<T>(commit: Promise<T>): Promise<T> {
  try {
    return await commit;
  } catch (error) {
    if (!isPassing(error)) throw error;
    throw new Passing('The database can’t be reached any more.');
  }
}

/**
 * Commits a batch in one transaction; where Postgres refuses its contents, each delivery in a transaction of its own, so
 * that one which can't be stored takes no other with it.
 */
async function commitEach(parts: IngestParts, batch: readonly Delivery[]): Promise<PromiseSettledResult<void>[]> {
  try {
    await commitDeliveries(parts, batch);
    return batch.map(() => ({ status: 'fulfilled', value: undefined }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const outcomes: PromiseSettledResult<void>[] = [];
  for (const delivery of batch) {
    const [outcome] = await Promise.allSettled([commitOrKeep(parts, delivery)]);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function recordOrLeave(parts: IngestParts, kept: InboxKey, delivery: Delivery): Promise<'recorded' | 'refused'> {
  const { log, clock = Date.now } = parts;
  try {
    await commitInPlace(parts, kept, delivery, clock());
    return 'recorded';
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { companyId, eventId, type } = delivery;
    log.error({ ...loggable(error), companyId, eventId, type }, 'facts refused, delivery left unread');
    return 'refused';
  }
}

/** A delivery whose facts can't be stored is kept without them, to be read again after an upgrade. */
async function commitOrKeep(parts: IngestParts, delivery: Delivery): Promise<void> {
  try {
    await commitDeliveries(parts, [delivery]);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { companyId, eventId, type } = delivery;
    parts.log.error({ ...loggable(error), companyId, eventId, type }, 'facts refused, delivery kept without them');
    await commitDeliveries(parts, [{ ...delivery, snapshots: [], changes: [], activities: [], error: factsRefused }]);
  }
}
