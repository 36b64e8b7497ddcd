import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import type { FactKind, FactValue, Snapshot } from '../domain/facts.ts';
import { groupBy } from '../domain/group-by.ts';
import { type FactRow, mergeRows, rowOf } from '../domain/merge.ts';
import { columnsOf, onceForKind, selectFact } from '../store/fact-tables.ts';
import type { Key } from './assign-customers.ts';

/** A fact that a merge has changed: what it was, null where it wasn't known, and what it is. */
export type Merged = Key & { kind: FactKind; before: FactRow | null; after: FactRow };

/** Merges snapshots into the rows of their things. The caller holds the lock of their companies. */
export async function mergeSnapshots(client: PoolClient, snapshots: readonly Snapshot[]): Promise<Merged[]> {
  const kinds = [...groupBy(snapshots, (snapshot) => snapshot.kind)];
  const changed = await Promise.all(kinds.map(([kind, ofKind]) => mergeKind(client, kind, ofKind)));
  return changed.flat();
}

async function mergeKind(client: PoolClient, kind: FactKind, snapshots: readonly Snapshot[]): Promise<Merged[]> {
  const told = toldTogether(kind, snapshots);
  const known = await readRows(client, kind, [...told.values()]);
  const changed: Merged[] = [];
  for (const [key, { companyId, id, row }] of told) {
    const before = known.get(key) ?? null;
    const after = before === null ? row : mergeRows(kind, before, row);
    if (!isDeepStrictEqual(before, after)) changed.push({ kind, companyId, id, before, after });
  }
  await writeRows(client, kind, changed);
  return changed;
}

/** What snapshots of a kind tell of each thing, under its key: all of a batch may tell of one product. */
function toldTogether(kind: FactKind, snapshots: readonly Snapshot[]): Map<string, Key & { row: FactRow }> {
  const things = new Map<string, Key & { row: FactRow }>();
  for (const snapshot of snapshots) {
    const { companyId, id } = snapshot;
    const key = keyOf(snapshot);
    const told = things.get(key)?.row;
    const row = rowOf(kind, snapshot);
    things.set(key, { companyId, id, row: told ? mergeRows(kind, told, row) : row });
  }
  return things;
}

/** The id of a company has no space. */
function keyOf({ companyId, id }: Key): string {
  return `${companyId} ${id}`;
}

type StoredRow = Key & { version: string; older: Record<string, string> } & Record<string, FactValue>;

const reading = onceForKind(
  (kind) =>
    `select company_id as "companyId", version, older, ${selectFact(kind)}
     from unnest($1::text[], $2::text[]) as told (company_id, id) join ${kind} using (company_id, id)`,
);

async function readRows(client: PoolClient, kind: FactKind, keys: readonly Key[]): Promise<Map<string, FactRow>> {
  const { rows } = await client.query<StoredRow>(reading(kind), [
    keys.map(({ companyId }) => companyId),
    keys.map(({ id }) => id),
  ]);
  return new Map(
    rows.map(({ companyId, id, version, older, ...values }) => [keyOf({ companyId, id }), { version, older, values }]),
  );
}

/** A first guess at whose it is, most often right, saves a second writing of the row: `assignCustomers` knows. */
const guessedOwner: Partial<Readonly<Record<FactKind, string>>> = {
  membership: 'coalesce("userId", id)',
  payment: 'coalesce("userId", "membershipId", id)',
};

const writing = onceForKind((kind) => {
  const columns = columnsOf(kind);
  const names = columns.map(({ column }) => column);
  const guess = guessedOwner[kind];
  return `insert into ${kind} (company_id, id, version, older, ${names.join(', ')}${guess ? ', customer_id' : ''})
     select "companyId", id, version, older, ${columns.map(({ inJson }) => inJson.value).join(', ')}${guess ? `, ${guess}` : ''}
     from json_to_recordset($1) as merged ("companyId" text, id text, version text, older jsonb,
       ${columns.map(({ field, inJson }) => `"${field}" ${inJson.sqlType}`).join(', ')})
     on conflict (company_id, id) do update set version = excluded.version, older = excluded.older,
       ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
});

async function writeRows(client: PoolClient, kind: FactKind, merged: readonly Merged[]): Promise<void> {
  if (merged.length === 0) return;
  const rows = merged.map(({ companyId, id, after: { values, version, older } }) => ({
    ...values,
    ...{ companyId, id, version, older },
  }));
  await client.query(writing(kind), [JSON.stringify(rows)]);
}
