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
  /** Its type as a field of JSON, where instants are milliseconds as well, and the value of the column that it stands for. */
  inJson: { sqlType: string; value: string };
};

/** What is the same for all things of a kind, made once rather than for each delivery. */
export function onceForKind<T>(make: (kind: FactKind) => T): (kind: FactKind) => T {
  const made = new Map<FactKind, T>();
  return (kind) => {
    const known = made.get(kind) ?? make(kind);
    made.set(kind, known);
    return known;
  };
}

/** The columns of a kind's table that hold what its snapshots tell. */
export const columnsOf = onceForKind((kind): readonly FactColumn[] =>
  Object.entries<ColumnKind>(factColumns[kind]).map(([field, columnKind]) => {
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const sqlType = sqlTypes[columnKind];
    const instant = columnKind === 'instant';
    const value = instant ? `(date_part('epoch', ${column}) * 1000)::bigint` : column;
    const inJson = instant
      ? { sqlType: 'double precision', value: `to_timestamp("${field}" / 1000)` }
      : { sqlType, value: `"${field}"` };
    return { field, column, sqlType, select: `${value} as "${field}"`, inJson };
  }),
);

/** `id` and the fields of a kind, as `Fact` names them. */
export const selectFact = onceForKind((kind) => ['id', ...columnsOf(kind).map(({ select }) => select)].join(', '));
