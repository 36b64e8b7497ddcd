import type { PoolClient } from 'pg';
import { keptMeasures, measures } from '../../domain/measures.ts';
import { columnOf } from '../../store/book-tables.ts';
import { type Column, type Row, recordset } from '../rows.ts';
import type { RollupChanges } from './rollup-changes.ts';

type Table = { name: string; key: readonly Column[]; amounts: readonly Column[] };

const text = (name: string): Column => ({ name, type: 'text' });
const day = (name: string): Column => ({ name, type: 'date' });
const sums = (names: readonly string[], type = 'bigint'): Column[] =>
  names.map((name) => ({ name: columnOf(name), type }));

const dayTable: Table = {
  name: 'book_day',
  key: [text('company_id'), text('scope'), text('grain'), day('day'), text('currency')],
  amounts: sums(measures),
};

const keptTable: Table = {
  name: 'book_kept',
  key: [
    ...[text('company_id'), text('scope'), text('opened_grain'), day('opened')],
    ...[text('closed_grain'), day('closed'), text('currency')],
  ],
  amounts: sums(keptMeasures),
};

const lifetimeTable: Table = {
  name: 'book_lifetime',
  key: [text('company_id'), text('scope'), day('began'), day('seen'), day('ended'), day('since')],
  amounts: sums(['customers'], 'integer'),
};

/** Adds to the sums of a company. */
export async function writeRollups(client: PoolClient, companyId: string, changes: RollupChanges): Promise<void> {
  const days = changes.takeDays().map(({ place, amounts }) => ({ company_id: companyId, ...place, ...amounts }));
  await addRows(client, dayTable, days);
  await writePairs(client, companyId, changes);
}

/** Adds to those of pairs of days alone. */
export async function writePairs(client: PoolClient, companyId: string, changes: RollupChanges): Promise<void> {
  const kept = changes.takeKept().map(({ place: { openedGrain, closedGrain, ...place }, amounts }) => ({
    company_id: companyId,
    ...place,
    opened_grain: openedGrain,
    closed_grain: closedGrain,
    ...amounts,
  }));
  const lifetimes = changes.takeLifetimes().map(({ place, amounts }) => ({
    company_id: companyId,
    ...place,
    ...amounts,
  }));
  await addRows(client, keptTable, kept);
  await addRows(client, lifetimeTable, lifetimes);
}

async function addRows(client: PoolClient, { name, key, amounts }: Table, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const given = JSON.stringify(rows);
  const keys = key.map((column) => column.name).join(', ');
  const names = amounts.map((column) => column.name);
  await client.query(
    `insert into ${name} (${keys}, ${names.join(', ')})
     select ${keys}, ${names.map((column) => `coalesce(${column}, 0)`).join(', ')} from ${recordset([...key, ...amounts])}
     on conflict (${keys}) do update set ${names.map((column) => `${column} = ${name}.${column} + excluded.${column}`).join(', ')}`,
    [given],
  );
  if (!rows.some((row) => amounts.some((column) => isNegative(row[column.name.replaceAll('"', '')])))) return;
  const same = key.map((column) => `${name}.${column.name} = given.${column.name}`).join(' and ');
  const empty = names.map((column) => `${name}.${column} = 0`).join(' and ');
  await client.query(`delete from ${name} using ${recordset(key)} where ${same} and ${empty}`, [given]);
}

function isNegative(amount: unknown): boolean {
  return typeof amount === 'number' && amount < 0;
}
