import type { Pool } from 'pg';
import { type FactKind, type FactValue, version } from '../../src/domain/facts.ts';
import { columnsOf } from '../../src/store/fact-tables.ts';

/** A fact's fields, as `Fact` names them, with its id. */
export type FactFields = { id: string } & Readonly<Record<string, FactValue>>;

export type FactRow = { kind: FactKind; customerId: string | null; fields: FactFields };

type Column = { name: string; sqlType: string; valueOf(row: FactRow, companyId: string): unknown };

const owned: ReadonlySet<FactKind> = new Set(['membership', 'payment', 'refund', 'dispute']);

/** Every column of a kind's table. */
function tableColumns(kind: FactKind): Column[] {
  return [
    { name: 'company_id', sqlType: 'text', valueOf: (_row, companyId) => companyId },
    { name: 'id', sqlType: 'text', valueOf: ({ fields }) => fields.id },
    { name: 'version', sqlType: 'text', valueOf: ({ fields }) => versionOf(fields) },
    { name: 'older', sqlType: 'jsonb', valueOf: () => ({}) },
    ...(owned.has(kind) ? [ownerColumn] : []),
    ...columnsOf(kind).map(({ field, column, sqlType }) => ({
      name: column,
      sqlType,
      valueOf: ({ fields }: FactRow) => sqlValue(fields[field] ?? null, sqlType),
    })),
  ];
}

const ownerColumn: Column = { name: 'customer_id', sqlType: 'text', valueOf: ({ customerId }) => customerId };

function versionOf({ updatedAt, lastAttemptAt, createdAt }: FactFields): string {
  const told = [updatedAt, lastAttemptAt, createdAt].find((at) => typeof at === 'number');
  return version(typeof told === 'number' ? told : 0, true);
}

function sqlValue(value: FactValue, sqlType: string): unknown {
  return sqlType === 'timestamptz' && typeof value === 'number' ? new Date(value) : value;
}

const rowsPerStatement = 5_000;

/** Writes rows of one kind past the ingest, as many in a statement as Postgres takes at ease. */
export async function writeFacts(
  pool: Pool,
  companyId: string,
  kind: FactKind,
  rows: readonly FactRow[],
): Promise<void> {
  const columns = tableColumns(kind);
  const names = columns.map(({ name }) => name).join(', ');
  const types = columns.map(({ name, sqlType }) => `${name} ${sqlType}`).join(', ');
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    const part = rows.slice(from, from + rowsPerStatement);
    const told = part.map((row) => Object.fromEntries(columns.map((c) => [c.name, c.valueOf(row, companyId)])));
    const sql = `insert into ${kind} (${names}) select ${names} from jsonb_to_recordset($1) as told (${types})`;
    await pool.query(sql, [JSON.stringify(told)]);
  }
}
