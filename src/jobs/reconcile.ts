import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';
import { comparisonSentence } from '../render/comparison-sentence.ts';
import { type Compared, compareWithWhop, type NotCompared, type ReadStat } from '../reports/compare-with-whop.ts';
import type { Sources } from '../reports/question.ts';
import { asOnlyReader } from '../store/backfill.ts';
import { readBackfillProgress } from '../store/backfill-progress.ts';
import { replaceComparisons } from '../store/comparison.ts';
import { readReconciledAt, writeReconciledAt } from '../store/reconciliation.ts';

type RereadList = {
  resource: string;
  rowsRead: number;
  rowsUnread: number;
  rowsChanged: number;
  /** Why the key may not read it; null where it may. */
  refusal: string | null;
};

export type ReconcileParts = {
  sources: Sources;
  /** Merges into the facts all that may have changed since a time, or everything where that is null. */
  reread(companyId: string, since: Instant | null): Promise<RereadList[]>;
  readStat: ReadStat;
};

export type Reconciliation = {
  lists: readonly RereadList[];
  compared: readonly ((Compared & { sentence: string | null }) | NotCompared)[];
};

/**
 * Heals what webhooks missed, and compares our figures with Whop's own; 'under way' where somebody reads Whop's lists already.
 * That it was done is kept only after all that was read is committed: one that is killed is done again, which changes nothing
 * that it did.
 * @throws UserError where Whop refuses, or doesn't answer for long
 */
export async function reconcile(
  companyId: string,
  now: Instant,
  parts: ReconcileParts,
): Promise<Reconciliation | 'under way'> {
  const { pool } = parts.sources.database;
  return asOnlyReader(pool, async () => {
    const lists = await parts.reread(companyId, await lastRead(pool, companyId));
    if (lists.every(isKnownUntilNow)) await writeReconciledAt(pool, companyId, now);
    return { lists, compared: await compare(companyId, now, parts) };
  });
}

async function compare(companyId: string, now: Instant, parts: ReconcileParts): Promise<Reconciliation['compared']> {
  const all = await compareWithWhop(companyId, now, parts);
  const compared = all.map((one) => ('unavailable' in one ? one : { ...one, sentence: comparisonSentence(one) }));
  const made = compared.flatMap((one) => ('unavailable' in one ? [] : [stored(one)]));
  await replaceComparisons(parts.sources.database.pool, companyId, made);
  return compared;
}

/** Lists that can be asked for what is new: whoever has read all of them needs no more than that. */
const datedLists = ['payments', 'refunds', 'disputes'];

/** The next one would miss what wasn't read of a list that is asked for by time; all others are read whole each time. */
function isKnownUntilNow({ resource, refusal }: RereadList): boolean {
  return refusal === null || !datedLists.includes(resource);
}

/** Since when there may be something that we don't know: the last reconciliation, else a complete backfill; null: ever. */
async function lastRead(pool: Pool, companyId: string): Promise<Instant | null> {
  const reconciledAt = await readReconciledAt(pool, companyId);
  if (reconciledAt !== null) return reconciledAt;
  const progress = await readBackfillProgress(pool, companyId);
  const read = progress.filter(({ resource, finishedAt }) => datedLists.includes(resource) && finishedAt !== null);
  return read.length === datedLists.length ? Math.min(...read.map(({ startedAt }) => startedAt)) : null;
}

function stored({ figure, at, currency, whop, ours, sentence }: Compared & { sentence: string | null }) {
  return { figure, comparedAt: at, currency, whopValue: whop, ourValue: ours, sentence };
}
