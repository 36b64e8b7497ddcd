import type { Matrix } from './matrix.ts';

/** What turns a column into one of mean 0 and deviation 1. */
export type Scale = { mean: Float64Array; deviation: Float64Array };

/** A deviation below this share of a column's size is rounding: the column is constant, and tells nothing. */
const constant = 1e-9;

/** Mean and population deviation of each column over the values that are there; unknown ones are NaN. */
export function scaleOf({ rows, columns, values }: Matrix): Scale {
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns);
  for (let column = 0; column < columns; column += 1) {
    let [count, sum, squares] = [0, 0, 0];
    for (let row = 0; row < rows; row += 1) {
      const value = values[row * columns + column] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      count += 1;
      const distance = value - sum;
      sum += distance / count;
      squares += distance * (value - sum);
    }
    mean[column] = sum;
    deviation[column] = count === 0 ? 0 : Math.sqrt(squares / count);
  }
  return { mean, deviation };
}

/** What is unknown or constant becomes 0: no reason to expect more or less than of anybody. */
export function applyScale({ rows, columns, values }: Matrix, { mean, deviation }: Scale): Matrix {
  const scaled = new Float64Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const [middle, width] = [mean[column] ?? 0, deviation[column] ?? 0];
      const value = ((values[row * columns + column] ?? 0) - middle) / width;
      const known = width > constant * (1 + Math.abs(middle)) && !Number.isNaN(value);
      scaled[row * columns + column] = known ? value : 0;
    }
  }
  return { rows, columns, values: scaled };
}
