import type { Snapshot } from '../domain/facts.ts';
import { type BackfillProgress, writeBackfillProgress } from '../store/backfill-progress.ts';
import type { IngestParts } from './ingest.ts';
import { recordFacts } from './record-facts.ts';
import { isRefusal, loggable } from './refusal.ts';
import { inTransaction } from './transaction.ts';

/** Some rows of a list that a source has of a company, as the snapshots that each of them tells. */
export type HistoryPage = {
  rows: readonly (readonly Snapshot[])[];
  /** How far the list has been read with these. */
  progress: BackfillProgress;
};

/**
 * Commits a page's facts together with how far the list has been read, and answers with the latter. Only facts are kept:
 * the source can be asked for its rows again, so that there is no copy of them as there is of deliveries.
 */
export async function commitHistory(parts: IngestParts, page: HistoryPage): Promise<BackfillProgress> {
  try {
    await commitPage(parts, page);
    return page.progress;
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const progress = { ...page.progress };
  for (const row of page.rows) progress.rowsUnread += await commitRow(parts, row, progress);
  await commitPage(parts, { rows: [], progress });
  return progress;
}

function commitPage({ pool, settings }: IngestParts, { rows, progress }: HistoryPage): Promise<void> {
  return inTransaction(pool, { facts: [progress.companyId] }, async (client) => {
    await recordFacts(client, { snapshots: rows.flat(), changes: [] }, settings);
    await writeBackfillProgress(client, progress);
  });
}

/** Answers with how many rows were refused: one which can't be stored takes no other with it. */
async function commitRow(
  { pool, log, settings }: IngestParts,
  row: readonly Snapshot[],
  { companyId, resource }: BackfillProgress,
): Promise<0 | 1> {
  try {
    await inTransaction(pool, { facts: [companyId] }, (client) =>
      recordFacts(client, { snapshots: row, changes: [] }, settings),
    );
    return 0;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    log.error({ ...loggable(error), companyId, resource, id: row[0]?.id }, 'facts refused, row left out');
    return 1;
  }
}
