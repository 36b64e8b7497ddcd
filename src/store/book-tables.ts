import type { Amounts } from '../domain/measures.ts';

/** A measure as the name of its column; `left` is a word of SQL's own. */
export function columnOf(measure: string): string {
  return `"${measure}"`;
}

/** Sums of measures under their own names. */
export function selectSums(names: readonly string[]): string {
  return names.map((name) => `coalesce(sum(${columnOf(name)}), 0)::bigint as ${columnOf(name)}`).join(', ');
}

export function selectMeasures(names: readonly string[]): string {
  return names.map(columnOf).join(', ');
}

/** The amounts in a row, without those that are 0 or null. */
export function amountsIn<M extends string>(
  names: readonly M[],
  row: Readonly<Partial<Record<M, number | null>>>,
): Amounts<M> {
  const amounts: Partial<Record<M, number>> = {};
  for (const name of names) {
    const amount = row[name];
    if (amount) amounts[name] = amount;
  }
  return amounts;
}
