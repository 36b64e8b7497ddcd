import { isDeepStrictEqual } from 'node:util';
import type { Snapshot } from '../domain/facts.ts';
import type { FactRow } from '../domain/merge.ts';
import type { IngestParts } from './ingest.ts';
import type { Merged } from './merge-snapshots.ts';
import { recordFacts } from './record-facts.ts';
import { isRefusal, loggable } from './refusal.ts';
import { inTransaction } from './transaction.ts';

/** Some rows of a list that is read again, as the snapshots that each of them tells: first of the row's own thing. */
export type RereadPage = {
  companyId: string;
  resource: string;
  rows: readonly (readonly Snapshot[])[];
};

export type Reread = {
  /** Rows whose thing wasn't known, or differs now. */
  changed: number;
  /** Rows that couldn't be stored. */
  refused: number;
};

/** Commits a page's facts; one row which can't be stored takes no other with it. */
export async function commitReread(parts: IngestParts, page: RereadPage): Promise<Reread> {
  try {
    return { changed: await commitRows(parts, page), refused: 0 };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const sum: Reread = { changed: 0, refused: 0 };
  for (const row of page.rows) {
    const { changed, refused } = await commitRow(parts, { ...page, rows: [row] });
    sum.changed += changed;
    sum.refused += refused;
  }
  return sum;
}

async function commitRow(parts: IngestParts, page: RereadPage): Promise<Reread> {
  try {
    return { changed: await commitRows(parts, page), refused: 0 };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { companyId, resource, rows } = page;
    parts.log.error({ ...loggable(error), companyId, resource, id: rows[0]?.[0]?.id }, 'facts refused, row left out');
    return { changed: 0, refused: 1 };
  }
}

async function commitRows({ pool, settings }: IngestParts, { companyId, rows }: RereadPage): Promise<number> {
  const told = { snapshots: rows.flat(), changes: [] };
  const merged = await inTransaction(pool, { facts: [companyId] }, (client) => recordFacts(client, told, settings));
  const own = new Set(rows.flatMap(([thing]) => (thing === undefined ? [] : keyOf(thing))));
  return merged.filter((one) => own.has(keyOf(one)) && isNews(one)).length;
}

function keyOf({ kind, id }: Pick<Merged, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** Not what was only told again. */
function isNews({ before, after }: Merged): boolean {
  return before === null || !isDeepStrictEqual(lasting(before), lasting(after));
}

/** All but when it was told. */
function lasting({ values: { updatedAt: _, ...values } }: FactRow) {
  return values;
}
