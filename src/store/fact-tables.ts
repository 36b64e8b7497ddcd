import { type FactKind, factColumns } from '../domain/facts.ts';

type ColumnKind = 'text' | 'status' | 'money' | 'integer' | 'flag' | 'instant';

const sqlTypes: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  status: 'text',
  money: 'bigint',
  integer: 'integer',
  flag: 'boolean',
  instant: 'timestamptz',
};

export type FactColumn = {
  field: string;
  /** As the table names it. */
  column: string;
  sqlType: string;
  /** Reads it under the field's name, instants as milliseconds since 1970. */
  select: string;
};

/** The columns of a kind's table that hold what its snapshots tell. */
export function columnsOf(kind: FactKind): FactColumn[] {
  return Object.entries<ColumnKind>(factColumns[kind]).map(([field, columnKind]) => {
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const value = columnKind === 'instant' ? `(date_part('epoch', ${column}) * 1000)::bigint` : column;
    return { field, column, sqlType: sqlTypes[columnKind], select: `${value} as "${field}"` };
  });
}

/** `id` and the fields of a kind, as `Fact` names them. */
export function selectFact(kind: FactKind): string {
  return ['id', ...columnsOf(kind).map(({ select }) => select)].join(', ');
}
