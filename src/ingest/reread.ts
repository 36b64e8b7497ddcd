import type { Pool, PoolClient } from 'pg';
import type { FactKind, Snapshot } from '../domain/facts.ts';
import { groupBy } from '../domain/group-by.ts';
import type { Log } from '../log.ts';
import { mergeSnapshots } from './merge-snapshots.ts';
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
export async function commitReread(pool: Pool, log: Log, page: RereadPage): Promise<Reread> {
  try {
    return { changed: await commitRows(pool, page), refused: 0 };
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const sum: Reread = { changed: 0, refused: 0 };
  for (const row of page.rows) {
    const { changed, refused } = await commitRow(pool, log, { ...page, rows: [row] });
    sum.changed += changed;
    sum.refused += refused;
  }
  return sum;
}

async function commitRow(pool: Pool, log: Log, page: RereadPage): Promise<Reread> {
  try {
    return { changed: await commitRows(pool, page), refused: 0 };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { companyId, resource, rows } = page;
    log.error({ ...loggable(error), companyId, resource, id: rows[0]?.[0]?.id }, 'facts refused, row left out');
    return { changed: 0, refused: 1 };
  }
}

async function commitRows(pool: Pool, { companyId, rows }: RereadPage): Promise<number> {
  const things = rows.flatMap((row) => row[0] ?? []);
  let changed = 0;
  await inTransaction(pool, [companyId], async (client) => {
    const before = await fingerprints(client, companyId, things);
    await mergeSnapshots(client, rows.flat());
    const after = await fingerprints(client, companyId, things);
    changed = [...after].filter(([key, print]) => before.get(key) !== print).length;
  });
  return changed;
}

/** Of each thing its row as a hash, without what says only when that was told. */
async function fingerprints(client: PoolClient, companyId: string, things: readonly Snapshot[]) {
  const prints = new Map<string, string>();
  for (const [kind, ofKind] of groupBy(things, (thing): FactKind => thing.kind)) {
    const { rows } = await client.query<{ id: string; print: string }>(
      `select id, md5((to_jsonb(fact) - 'version' - 'older' - 'updated_at')::text) as print
       from ${kind} fact where company_id = $1 and id = any($2)`,
      [companyId, ofKind.map(({ id }) => id)],
    );
    for (const { id, print } of rows) prints.set(`${kind} ${id}`, print);
  }
  return prints;
}
