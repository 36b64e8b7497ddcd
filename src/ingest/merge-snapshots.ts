import { isDeepStrictEqual } from 'node:util';
import type { PoolClient } from 'pg';
import type { FactKind, FactValue, Snapshot } from '../domain/facts.ts';
import { groupBy } from '../domain/group-by.ts';
import { type FactRow, mergeRows, rowOf } from '../domain/merge.ts';
import { columnsOf, onceForKind, selectFact } from '../store/fact-tables.ts';
import type { Key } from './assign-customers.ts';

type KeyedRow = Key & { row: FactRow };

/** A fact that a merge has changed: what it was, null where it wasn't known, and what it is. */
export type Merged = Key & { kind: FactKind; before: FactRow | null; after: FactRow };

/** Merges snapshots into the rows of their things. The caller holds the lock of their companies. */
export async function mergeSnapshots(client: PoolClient, snapshots: readonly Snapshot[]): Promise<Merged[]> {
  const kinds = [...groupBy(snapshots, (snapshot) => snapshot.kind)];
  const changed = await Promise.all(kinds.map(([kind, ofKind]) => mergeKind(client, kind, ofKind)));
  return changed.flat();
}

async function mergeKind(client: PoolClient, kind: FactKind, snapshots: readonly Snapshot[]): Promise<Merged[]> {
  const told = snapshots.map((snapshot) => ({ ...snapshot, row: rowOf(kind, snapshot) }));
  const known = await readRows(client, kind, told);
  const before = new Map(known.map((row) => [keyOf(row), row.row]));
  const merged = [...groupBy([...known, ...told], keyOf).values()].flatMap((rows) => mergeAll(kind, rows));
  const different = merged.filter((one) => !isDeepStrictEqual(before.get(keyOf(one)), one.row));
  await writeRows(client, kind, different);
  return different.map(({ companyId, id, row }) => ({
    ...{ kind, companyId, id },
    before: before.get(keyOf({ companyId, id })) ?? null,
    after: row,
  }));
}

function keyOf({ companyId, id }: Key): string {
  return JSON.stringify([companyId, id]);
}

function mergeAll(kind: FactKind, [first, ...others]: readonly KeyedRow[]): KeyedRow[] {
  if (first === undefined) return [];
  const row = others.reduce((merged, other) => mergeRows(kind, merged, other.row), first.row);
  return [{ companyId: first.companyId, id: first.id, row }];
}

type StoredRow = Key & { version: string; older: Record<string, string> } & Record<string, FactValue>;

const reading = onceForKind(
  (kind) =>
    `select company_id as "companyId", version, older, ${selectFact(kind)}
     from ${kind} where (company_id, id) in (select * from unnest($1::text[], $2::text[]))`,
);

async function readRows(client: PoolClient, kind: FactKind, keys: readonly Key[]): Promise<KeyedRow[]> {
  const columns = columnsOf(kind);
  const { rows } = await client.query<StoredRow>(reading(kind), [
    keys.map(({ companyId }) => companyId),
    keys.map(({ id }) => id),
  ]);
  return rows.map(({ companyId, id, version, older, ...stored }) => ({
    companyId,
    id,
    row: { version, older, values: Object.fromEntries(columns.map(({ field }) => [field, stored[field] ?? null])) },
  }));
}

/** A first guess at whose it is, most often right, saves a second writing of the row: `assignCustomers` knows. */
const guessedOwner: Partial<Readonly<Record<FactKind, string>>> = {
  membership: 'coalesce(user_id, id)',
  payment: 'coalesce(user_id, membership_id, id)',
};

const writing = onceForKind((kind) => {
  const columns = columnsOf(kind);
  const names = columns.map(({ column }) => column);
  const guess = guessedOwner[kind];
  return `insert into ${kind} (company_id, id, version, older, ${names.join(', ')}${guess ? ', customer_id' : ''})
     select company_id, id, version, older, ${names.join(', ')}${guess ? `, ${guess}` : ''}
     from jsonb_to_recordset($1) as merged (company_id text, id text, version text, older jsonb,
       ${columns.map(({ column, sqlType }) => `${column} ${sqlType}`).join(', ')})
     on conflict (company_id, id) do update set version = excluded.version, older = excluded.older,
       ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;
});

async function writeRows(client: PoolClient, kind: FactKind, rows: readonly KeyedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(writing(kind), [JSON.stringify(rows.map((keyed) => jsonRow(keyed, kind)))]);
}

function jsonRow({ companyId, id, row }: KeyedRow, kind: FactKind): Record<string, unknown> {
  const values = columnsOf(kind).map(({ field, column, sqlType }) => {
    const value = row.values[field] ?? null;
    return [column, sqlType === 'timestamptz' && typeof value === 'number' ? new Date(value) : value];
  });
  return { company_id: companyId, id, version: row.version, older: row.older, ...Object.fromEntries(values) };
}
