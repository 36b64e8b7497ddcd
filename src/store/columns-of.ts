/** Rows as the arrays that `unnest` makes rows of again. */
export function columnsOf<Key extends string>(
  rows: readonly Readonly<Record<Key, unknown>>[],
  keys: readonly Key[],
): unknown[][] {
  return keys.map((key) => rows.map((row) => row[key]));
}
