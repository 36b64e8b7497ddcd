import type { PoolClient } from 'pg';

/** A column as Postgres declares it. */
export type Column = { name: string; type: string };

export type Row = Readonly<Record<string, unknown>>;

/** Rows as one JSON parameter, however many there are: the columns are Postgres's to tell from it. */
export function recordset(columns: readonly Column[]): string {
  return `json_to_recordset($1) as given (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`;
}

/** Sends rows by one statement, which is written out once however often rows are sent. */
export type Writer = (client: PoolClient, rows: readonly Row[]) => Promise<void>;

function writer(sql: string): Writer {
  return async (client, rows) => {
    if (rows.length > 0) await client.query(sql, [JSON.stringify(rows)]);
  };
}

/** Inserts rows that aren't there yet. */
export function inserting(table: string, columns: readonly Column[]): Writer {
  const names = columns.map(({ name }) => name).join(', ');
  return writer(`insert into ${table} (${names}) select ${names} from ${recordset(columns)} on conflict do nothing`);
}

/** The same, and answers with the rows that weren't there. */
export function insertingNew<Inserted extends Row>(table: string, columns: readonly Column[]) {
  const names = columns.map(({ name }) => name).join(', ');
  const sql = `insert into ${table} (${names}) select ${names} from ${recordset(columns)} on conflict do nothing
    returning ${names}`;
  return async (client: PoolClient, rows: readonly Inserted[]): Promise<Inserted[]> =>
    rows.length === 0 ? [] : (await client.query<Inserted>(sql, [JSON.stringify(rows)])).rows;
}

/** Deletes the rows whose key columns are those of the rows given. */
export function deleting(table: string, key: readonly Column[]): Writer {
  return writer(deletion(table, key));
}

export function deletion(table: string, key: readonly Column[]): string {
  const matches = key.map(({ name }) => `${table}.${name} = given.${name}`).join(' and ');
  return `delete from ${table} using ${recordset(key)} where ${matches}`;
}
