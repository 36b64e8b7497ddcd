import type { Instant } from '../domain/facts.ts';
import { Passing, UserError } from '../domain/user-error.ts';
import { type BackfillRun, readBackfillRun } from '../store/backfill.ts';
import { readBackfillProgress } from '../store/backfill-progress.ts';
import { readKnownCompanies } from '../store/known-companies.ts';
import type { JobParts } from './job.ts';
import { readHistory } from './read-history.ts';

const againAfterMs = 3_600_000;

/**
 * Reads the history of each known company that isn't complete, one after the other. One that was refused is tried again after
 * an hour, or by the next process: whoever has put it right restarts the bot.
 */
export async function readHistories(parts: JobParts, now: Instant): Promise<void> {
  const { companyId, history, since, stopping } = parts;
  const { database } = parts.sources;
  if (history === null) return;
  const known = await readKnownCompanies(database.pool);
  for (const id of new Set([...(companyId === null ? [] : [companyId]), ...known])) {
    if (stopping.aborted) return;
    if (history.isComplete(await readBackfillProgress(database.pool, id))) continue;
    const before = await readBackfillRun(database.pool, id);
    const triedAt = before?.stopped == null ? null : before.endedAt;
    if (triedAt !== null && triedAt >= since && triedAt > now - againAfterMs) continue;
    await readOne(id, before, { ...parts, history });
  }
}

type Reading = JobParts & { history: NonNullable<JobParts['history']> };

async function readOne(companyId: string, before: BackfillRun | null, parts: Reading): Promise<void> {
  const { log, stopping, since } = parts;
  try {
    const progress = await readHistory(companyId, {
      ...parts,
      database: parts.sources.database,
      now: Date.now,
      again: false,
    });
    if (progress === null || progress === 'under way') return;
    const rows = progress.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
    log.info({ companyId, rows }, 'history complete');
  } catch (error) {
    if (stopping.aborted) return;
    if (error instanceof Passing) throw error;
    if (!(error instanceof UserError)) log.error({ companyId, err: error }, 'history not read');
    else if (before?.stopped !== error.message || (before.endedAt ?? 0) < since) {
      log.warn({ companyId, reason: error.message }, 'history not read, to be tried again every hour');
    }
  }
}
