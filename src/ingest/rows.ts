import type { PoolClient } from 'pg';

/** A column as Postgres declares it. */
export type Column = { name: string; type: string };

export type Row = Readonly<Record<string, unknown>>;

/** Rows as one JSON parameter, however many there are: the columns are Postgres's to tell from it. */
export function recordset(columns: readonly Column[]): string {
  return `jsonb_to_recordset($1) as given (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`;
}

/** Inserts rows that aren't there yet. */
export async function insertRows(
  client: PoolClient,
  table: string,
  columns: readonly Column[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map(({ name }) => name).join(', ');
  await client.query(
    `insert into ${table} (${names}) select ${names} from ${recordset(columns)} on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}

/** Deletes the rows whose key columns are those of the rows given. */
export async function deleteRows(
  client: PoolClient,
  table: string,
  key: readonly Column[],
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const matches = key.map(({ name }) => `${table}.${name} = given.${name}`).join(' and ');
  await client.query(`delete from ${table} using ${recordset(key)} where ${matches}`, [JSON.stringify(rows)]);
}
