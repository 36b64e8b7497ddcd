import { type FactKind, type FactValue, factColumns, type Version } from './facts.ts';
import { statusCourses } from './status-courses.ts';

/**
 * A fact as it is stored: the values, the version of the newest snapshot, and the version of each field that this snapshot
 * didn't tell ('' for a field that no snapshot told).
 */
export type FactRow = {
  values: Readonly<Record<string, FactValue>>;
  version: Version;
  older: Readonly<Record<string, Version>>;
};

type Told = { version: Version; value: FactValue };

/** The row of a single snapshot. */
export function rowOf(
  kind: FactKind,
  snapshot: { version: Version; values: Readonly<Record<string, unknown>> },
): FactRow {
  return compact(kind, (field) => {
    const value = snapshot.values[field];
    return isFactValue(value) ? { version: snapshot.version, value } : { version: '', value: null };
  });
}

/**
 * What two sources told of one thing, together: of each field the newest. Commutative, associative and idempotent, so the
 * same snapshots make the same row in whatever order, and however often, they arrive.
 */
export function mergeRows(kind: FactKind, a: FactRow, b: FactRow): FactRow {
  return compact(kind, (field) => {
    const [x, y] = [told(a, field), told(b, field)];
    return compareTold(kind, field, x, y) >= 0 ? x : y;
  });
}

function told(row: FactRow, field: string): Told {
  return { version: row.older[field] ?? row.version, value: row.values[field] ?? null };
}

function compact(kind: FactKind, tell: (field: string) => Told): FactRow {
  const fields = Object.keys(factColumns[kind]).map((field) => ({ field, ...tell(field) }));
  let version: Version = '';
  for (const field of fields) if (field.version > version) version = field.version;
  return {
    values: Object.fromEntries(fields.map(({ field, value }) => [field, value])),
    version,
    older: Object.fromEntries(
      fields.filter((f) => f.version !== version).map(({ field, version }) => [field, version]),
    ),
  };
}

function compareTold(kind: FactKind, field: string, a: Told, b: Told): number {
  if (a.version !== b.version) return a.version < b.version ? -1 : 1;
  return compareValues(kind, field, a.value, b.value);
}

/** Decides between two snapshots of the same time: something beats nothing, the later status and the greater value win. */
function compareValues(kind: FactKind, field: string, a: FactValue, b: FactValue): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  const course = field === 'status' ? statusCourses[kind] : [];
  const [x, y] = [course.indexOf(String(a)), course.indexOf(String(b))];
  if (x !== y) return x - y;
  return a < b ? -1 : 1;
}

function isFactValue(value: unknown): value is FactValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
