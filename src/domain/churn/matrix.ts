/** Rows one after the other in one array, as loops over all of them like it best. */
export type Matrix = { rows: number; columns: number; values: Float64Array };

export function matrixOf(rows: readonly ArrayLike<number>[], columns: number): Matrix {
  const values = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) values.set(row, i * columns);
  return { rows: rows.length, columns, values };
}

/** The rows at these places, in that order. */
export function rowsAt({ columns, values }: Matrix, places: readonly number[]): Matrix {
  const picked = new Float64Array(places.length * columns);
  for (const [i, place] of places.entries()) {
    picked.set(values.subarray(place * columns, (place + 1) * columns), i * columns);
  }
  return { rows: places.length, columns, values: picked };
}

/** The columns at these places, in that order. */
export function columnsAt(matrix: Matrix, places: readonly number[]): Matrix {
  const picked = new Float64Array(matrix.rows * places.length);
  for (let row = 0; row < matrix.rows; row += 1) {
    for (const [i, place] of places.entries()) {
      picked[row * places.length + i] = matrix.values[row * matrix.columns + place] ?? 0;
    }
  }
  return { rows: matrix.rows, columns: places.length, values: picked };
}

/** The places of the columns that aren't 0 in every row. */
export function usedColumns({ rows, columns, values }: Matrix): number[] {
  const isUsed = (column: number) => {
    for (let row = 0; row < rows; row += 1) if (values[row * columns + column] !== 0) return true;
    return false;
  };
  return Array.from({ length: columns }, (_, column) => column).filter(isUsed);
}
