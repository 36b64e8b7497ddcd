import { Passing, UserError } from '../domain/user-error.ts';
import { asOnlyReader, writeBackfillRun } from '../store/backfill.ts';
import { type BackfillProgress, forgetBackfillProgress, readBackfillProgress } from '../store/backfill-progress.ts';
import type { Database } from '../store/database.ts';

/** Reads a company's history from where it has got, and keeps what it reads. */
export type ReadHistory = {
  /** @throws UserError where Whop refuses; Passing where the database can't be reached */
  read(companyId: string, begun: readonly BackfillProgress[], stopping: AbortSignal): Promise<BackfillProgress[]>;
  isComplete(progress: readonly BackfillProgress[]): boolean;
};

type Parts = {
  database: Pick<Database, 'pool'>;
  history: ReadHistory;
  stopping: AbortSignal;
  now: () => number;
  /** Reads all again where all has been read. */
  again: boolean;
};

/**
 * One company's history, from where it has got: null where all had been read, 'under way' where somebody reads one already.
 * How it ended is kept for whoever asks.
 * @throws UserError where Whop refuses; Passing where the database can't be reached
 */
export async function readHistory(companyId: string, parts: Parts): Promise<BackfillProgress[] | 'under way' | null> {
  const { database, history, stopping, now, again } = parts;
  const { pool } = database;
  return asOnlyReader(pool, async () => {
    const known = await readBackfillProgress(pool, companyId);
    const complete = history.isComplete(known);
    if (complete && !again) return null;
    if (complete) await forgetBackfillProgress(pool, companyId);
    const startedAt = now();
    const keep = (stopped: string | null, endedAt: number | null) =>
      writeBackfillRun(pool, companyId, { startedAt, endedAt, stopped });
    await keep(null, null);
    try {
      const progress = await history.read(companyId, complete ? [] : known, stopping);
      await keep(null, now());
      return progress;
    } catch (error) {
      if (!stopping.aborted && !(error instanceof Passing)) await keep(reasonOf(error), now());
      throw error;
    }
  });
}

/** Nothing from the inside: what isn't a person's mistake is in the log. */
function reasonOf(error: unknown): string {
  return error instanceof UserError ? error.message : 'Something went wrong inside; the log of the bot says what.';
}
