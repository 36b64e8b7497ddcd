import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from '../../domain/activity.ts';
import { Passing } from '../../domain/user-error.ts';
import type { Log } from '../../log.ts';
import type { Ingest } from '../ingest.ts';
import { loggable } from '../refusal.ts';
import type { ReadMark } from './activity-page.ts';

/** An activity as it arrives; with a mark where its channel is read up to it. */
export type Arrival = {
  activity: Activity;
  mark?: ReadMark | undefined;
  /** Whether its source can be asked for it later: such arrivals leave the last tenth of the room to all others. */
  isReadable?: boolean;
};

export type ActivityBuffer = {
  /** False where the buffer is full: nothing of the arrival is kept, and whoever has it must read it again later. */
  add(arrival: Arrival): boolean;
  /** Resolves once everything is committed, or `timeoutMs` have passed. */
  stop(timeoutMs: number): Promise<void>;
};

type Options = {
  record: Ingest['recordActivities'];
  log: Log;
  /** Arrivals that wait at most (10,000), some 5 MB. */
  capacity?: number;
  /** Arrivals that are committed together at most (1,000). */
  maxBatch?: number;
};

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/**
 * Takes activities as they arrive and commits them in that order: what arrives during one commit leaves together with the next.
 * While the database can't be reached they wait, up to the buffer's capacity.
 */
export function createActivityBuffer({ record, log, capacity = 10_000, maxBatch = 1_000 }: Options): ActivityBuffer {
  const waiting: Arrival[] = [];
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  async function commitAllWaiting(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (waiting.length > 0 && !stopping.signal.aborted) {
      const batch = firstOfOneCompany(waiting, maxBatch);
      if (await commit(batch)) {
        waiting.splice(0, batch.length);
        pauseMs = firstPauseMs;
        continue;
      }
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    }
    running = null;
  }

  /** False where the same may succeed later. */
  async function commit(batch: readonly Arrival[]): Promise<boolean> {
    try {
      await recordTogether(record, batch);
      return true;
    } catch (error) {
      if (error instanceof Passing) return false;
      if (batch.length > 1) return commitEach(batch);
      log.error({ ...loggable(error), companyId: batch[0]?.activity.companyId }, 'activity refused');
      return true;
    }
  }

  /** One that can't be stored takes no other with it; what was committed before a failure is a repeat the next time. */
  async function commitEach(batch: readonly Arrival[]): Promise<boolean> {
    for (const arrival of batch) if (!(await commit([arrival]))) return false;
    return true;
  }

  return {
    add(arrival) {
      if (stopping.signal.aborted || waiting.length >= (arrival.isReadable ? 0.9 * capacity : capacity)) return false;
      waiting.push(arrival);
      running ??= Promise.resolve().then(commitAllWaiting);
      return true;
    },
    async stop(timeoutMs) {
      const timeout = AbortSignal.timeout(timeoutMs);
      timeout.addEventListener('abort', () => stopping.abort());
      await running;
    },
  };
}

/** The longest beginning that is of one company on one platform. */
function firstOfOneCompany(waiting: readonly Arrival[], maxBatch: number): Arrival[] {
  const first = waiting[0]?.activity;
  const other = waiting.findIndex(
    ({ activity }) => activity.companyId !== first?.companyId || activity.platform !== first.platform,
  );
  return waiting.slice(0, Math.min(maxBatch, other === -1 ? waiting.length : other));
}

async function recordTogether(record: Ingest['recordActivities'], batch: readonly Arrival[]): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  const { companyId, platform } = first.activity;
  const activities = batch.map(({ activity }) => activity);
  await record({ companyId, platform, activities, marks: batch.flatMap(({ mark }) => mark ?? []) });
}
