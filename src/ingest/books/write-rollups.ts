import type { PoolClient } from 'pg';
import { keptMeasures, measures } from '../../domain/measures.ts';
import { columnOf } from '../../store/book-tables.ts';
import { type Column, deletion, inserting, type Row, recordset, type Writer } from '../rows.ts';
import type { RollupChanges } from './rollup-changes.ts';

type Columns = { name: string; key: readonly Column[]; amounts: readonly Column[] };
type Table = Columns & {
  /** Adds rows, and answers with the keys of those whose sums have become nothing. */
  adding: string;
  deleting: string;
  /** Beside the table, until the transaction ends. */
  gather: Writer;
};

const text = (name: string): Column => ({ name, type: 'text' });
const day = (name: string): Column => ({ name, type: 'date' });
const sums = (names: readonly string[], type = 'bigint'): Column[] =>
  names.map((name) => ({ name: columnOf(name), type }));

const dayTable = table({
  name: 'book_day',
  key: [text('company_id'), text('scope'), text('grain'), day('day'), text('currency')],
  amounts: sums(measures),
});

const keptTable = table({
  name: 'book_kept',
  key: [
    ...[text('company_id'), text('scope'), text('opened_grain'), text('closed_grain')],
    ...[day('opened'), day('closed'), text('currency')],
  ],
  amounts: sums(keptMeasures),
});

const lifetimeTable = table({
  name: 'book_lifetime',
  key: [text('company_id'), text('scope'), day('began'), day('seen'), day('ended'), day('since')],
  amounts: sums(['customers'], 'integer'),
});

function table(columns: Columns): Table {
  const { name, key, amounts } = columns;
  return {
    ...columns,
    adding: addition(columns),
    deleting: deletion(name, key),
    gather: inserting(`gathered_${name}`, [...key, ...amounts]),
  };
}

function addition({ name, key, amounts }: Columns): string {
  const keys = key.map((column) => column.name).join(', ');
  const names = amounts.map((column) => column.name);
  const sums = names.map((column) => `${column} = ${name}.${column} + excluded.${column}`);
  return `
    with added as (
      insert into ${name} (${keys}, ${names.join(', ')})
      select ${keys}, ${names.map((column) => `coalesce(${column}, 0)`).join(', ')}
      from ${recordset([...key, ...amounts])}
      on conflict (${keys}) do update set ${sums.join(', ')}
      returning ${keys}, ${names.map((column) => `${name}.${column} = 0`).join(' and ')} as nothing
    )
    select jsonb_agg(to_jsonb(added))::text as gone from added where nothing`;
}

/** Adds to the sums of a company. */
export async function writeRollups(client: PoolClient, companyId: string, changes: RollupChanges): Promise<void> {
  await Promise.all([
    addRows(client, dayTable, dayRows(companyId, changes)),
    addRows(client, keptTable, keptRows(companyId, changes)),
    addRows(client, lifetimeTable, lifetimeRows(companyId, changes)),
  ]);
}

/**
 * Gathers in Postgres what would become too much for memory: sums of pairs of days, which become more with each customer.
 * Until the transaction ends they wait beside the tables, so that each row of these is written once.
 */
export async function gatherPairs(client: PoolClient, companyId: string, changes: RollupChanges): Promise<void> {
  for (const [{ name, gather }, rows] of [
    [keptTable, keptRows(companyId, changes)],
    [lifetimeTable, lifetimeRows(companyId, changes)],
  ] as const) {
    await client.query(
      `create temporary table if not exists gathered_${name} on commit drop as select * from ${name} limit 0`,
    );
    await gather(client, rows);
  }
}

/** Writes what has been gathered, in the order of the keys, so that what is read together lies together. */
export async function writeGathered(client: PoolClient, companyId: string): Promise<void> {
  for (const { name, key, amounts } of [keptTable, lifetimeTable]) {
    const keys = key.map((column) => column.name).join(', ');
    const totals = amounts.map((column) => `coalesce(sum(${column.name}), 0)`);
    await client.query(
      `insert into ${name} (${keys}, ${amounts.map((column) => column.name).join(', ')})
       select ${keys}, ${totals.join(', ')} from gathered_${name} where company_id = $1
       group by ${keys} having ${totals.map((total) => `${total} <> 0`).join(' or ')} order by ${keys}`,
      [companyId],
    );
    await client.query(`delete from gathered_${name}`);
  }
}

function dayRows(companyId: string, changes: RollupChanges): Row[] {
  return changes.takeDays().map(({ place, amounts }) => ({ company_id: companyId, ...place, ...amounts }));
}

function keptRows(companyId: string, changes: RollupChanges): Row[] {
  return changes.takeKept().map(({ place: { openedGrain, closedGrain, ...place }, amounts }) => ({
    company_id: companyId,
    ...place,
    opened_grain: openedGrain,
    closed_grain: closedGrain,
    ...amounts,
  }));
}

function lifetimeRows(companyId: string, changes: RollupChanges): Row[] {
  return changes.takeLifetimes().map(({ place, amounts }) => ({ company_id: companyId, ...place, ...amounts }));
}

/** As one parameter they would be too much for Postgres to read at once. */
const rowsAtOnce = 5_000;

async function addRows(client: PoolClient, table: Table, rows: readonly Row[]): Promise<void> {
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await addSome(client, table, rows.slice(first, first + rowsAtOnce));
  }
}

/** Adds, and removes the rows whose sums have become nothing. */
async function addSome(client: PoolClient, { adding, deleting }: Table, rows: readonly Row[]): Promise<void> {
  const { rows: answers } = await client.query<{ gone: string | null }>(adding, [JSON.stringify(rows)]);
  for (const { gone } of answers) if (gone !== null) await client.query(deleting, [gone]);
}
