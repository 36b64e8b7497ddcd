import type { Instant } from '../facts.ts';
import { groupBy } from '../group-by.ts';
import type { Column } from './churn-model.ts';
import type { Feature } from './feature.ts';
import { type Matrix, matrixOf } from './matrix.ts';
import { scaleOf } from './scale.ts';

/** Of one member at one instant, by feature; NaN where it isn't known. */
export type Valued = { landmark: Instant; values: Float64Array };

/** How many members at one instant say as much about what is usual then as all the other times together. */
const usualWeighs = 20;
/** A fact that hardly anybody has would else weigh more than its few cases can tell. */
const leastFlagDeviation = 0.2;
const constant = 1e-9;
const knotShares = [1 / 3, 2 / 3];

/** What is usual of each relative feature, by its name; those of which nothing is known are left out. */
export type Usual = Readonly<Record<string, number>>;

export function usualOf(rows: readonly Valued[], features: readonly Feature[]): Usual {
  const all = [...rows.keys()];
  const matrix = matrixOfRows(rows, features);
  const means = features.map(
    ({ name, relative }, column) => [name, relative ? meanAt(matrix, all, column) : null] as const,
  );
  const usual: Record<string, number> = {};
  for (const [name, mean] of means) if (mean !== null) usual[name] = mean;
  return usual;
}

/** The values of relative features less what is usual at their landmark: there, as far as enough rows say so. */
export function compareAtLandmarks(rows: readonly Valued[], features: readonly Feature[], usual: Usual): Matrix {
  const matrix = matrixOfRows(rows, features);
  const relative = features.flatMap((feature, column) => (feature.relative ? [{ name: feature.name, column }] : []));
  for (const group of groupBy(rows.keys(), (row) => rows[row]?.landmark).values()) {
    for (const { name, column } of relative) {
      const there = meanAt(matrix, group, column) ?? 0;
      const expected = there + ((usual[name] ?? there) - there) * (usualWeighs / (usualWeighs + group.length));
      for (const row of group) addTo(matrix, row, column, -expected);
    }
  }
  return matrix;
}

function matrixOfRows(rows: readonly Valued[], features: readonly Feature[]): Matrix {
  return matrixOf(
    rows.map(({ values }) => values),
    features.length,
  );
}

/** Null where it isn't known of any. */
function meanAt({ columns, values }: Matrix, rows: readonly number[], column: number): number | null {
  let [sum, known] = [0, 0];
  for (const row of rows) {
    const value = values[row * columns + column] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  return known === 0 ? null : sum / known;
}

function addTo({ columns, values }: Matrix, row: number, column: number, amount: number): void {
  values[row * columns + column] = (values[row * columns + column] ?? 0) + amount;
}

/** Columns with their means, deviations and priors, not fitted yet: each weight is its prior. */
export function columnsFor(matrix: Matrix, features: readonly Feature[], bend: boolean): Column[] {
  const { mean, deviation } = scaleOf(matrix);
  const straight = features.map(({ name: feature, group, flag, prior }, j): Column => {
    const width = flag ? Math.max(deviation[j] ?? 0, leastFlagDeviation) : (deviation[j] ?? 0);
    const weight = prior * width;
    return { feature, group, knot: null, mean: mean[j] ?? 0, deviation: width, weight, prior: weight };
  });
  const bent = features.flatMap(({ bends }, j) => (bend && bends ? hinges(matrix, straight[j], j) : []));
  return [...straight, ...bent].filter((column) => column.deviation > constant * (1 + Math.abs(column.mean)));
}

/** What lies above a third and above two thirds of the values. */
function hinges(matrix: Matrix, straight: Column | undefined, place: number): Column[] {
  if (straight === undefined) return [];
  const all = Array.from({ length: matrix.rows }, (_, row) => matrix.values[row * matrix.columns + place] ?? 0);
  const known = Float64Array.from(all.filter((value) => !Number.isNaN(value))).sort();
  const knots = new Set(knotShares.map((share) => known[Math.floor(share * known.length)] ?? Number.NaN));
  return [...knots].flatMap((knot): Column[] => {
    const { mean, deviation } = scaleOf(
      matrixOf(
        Array.from(known, (value) => [Math.max(0, value - knot)]),
        1,
      ),
    );
    const { feature, group } = straight;
    return [{ feature, group, knot, mean: mean[0] ?? 0, deviation: deviation[0] ?? 0, weight: 0, prior: 0 }];
  });
}

/** The rows as the columns see them; what is unknown is 0, the average. */
export function designOf(matrix: Matrix, features: readonly Feature[], columns: readonly Column[]): Matrix {
  const places = columns.map(({ feature }) => features.findIndex(({ name }) => name === feature));
  const values = new Float64Array(matrix.rows * columns.length);
  for (let row = 0; row < matrix.rows; row += 1) {
    for (const [j, column] of columns.entries()) {
      const value = matrix.values[row * matrix.columns + (places[j] ?? -1)] ?? Number.NaN;
      values[row * columns.length + j] = Number.isNaN(value) ? 0 : standardised(value, column);
    }
  }
  return { rows: matrix.rows, columns: columns.length, values };
}

function standardised(value: number, { knot, mean, deviation }: Column): number {
  return ((knot === null ? value : Math.max(0, value - knot)) - mean) / deviation;
}
