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

/** The row of a single snapshot; one that tells no field has no version either. */
export function rowOf(
  kind: FactKind,
  snapshot: { version: Version; values: Readonly<Record<string, FactValue | undefined>> },
): FactRow {
  const fields = Object.keys(factColumns[kind]);
  const untold = fields.filter((field) => snapshot.values[field] === undefined);
  const values: Record<string, FactValue> = {};
  for (const field of fields) values[field] = snapshot.values[field] ?? null;
  if (untold.length === fields.length) return { values, version: '', older: {} };
  return { values, version: snapshot.version, older: Object.fromEntries(untold.map((field) => [field, ''])) };
}

/**
 * What two sources told of one thing, together: of each field the newest. Commutative, associative and idempotent, so the
 * same snapshots make the same row in whatever order, and however often, they arrive.
 */
export function mergeRows(kind: FactKind, a: FactRow, b: FactRow): FactRow {
  const { version } = a.version > b.version ? a : b;
  const values: Record<string, FactValue> = {};
  const older: Record<string, Version> = {};
  for (const field of Object.keys(factColumns[kind])) {
    const newest = compareTold(kind, field, a, b) >= 0 ? a : b;
    const told = versionOf(newest, field);
    values[field] = newest.values[field] ?? null;
    if (told !== version) older[field] = told;
  }
  return { values, version, older };
}

function versionOf(row: FactRow, field: string): Version {
  return row.older[field] ?? row.version;
}

function compareTold(kind: FactKind, field: string, a: FactRow, b: FactRow): number {
  const [x, y] = [versionOf(a, field), versionOf(b, field)];
  if (x !== y) return x < y ? -1 : 1;
  return compareValues(kind, field, a.values[field] ?? null, b.values[field] ?? null);
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
