/**
 * Solves `A x = b` for a symmetric positive definite A, of which the lower triangle is given row by row.
 * Null where A isn't positive definite, to the precision of the machine.
 */
export function solveCholesky(a: Float64Array, b: Float64Array): Float64Array | null {
  const size = b.length;
  const factor = factorise(a, size);
  return factor === null ? null : substituteBack(factor, substituteForward(factor, b));
}

function factorise(a: Float64Array, size: number): Float64Array | null {
  const factor = Float64Array.from(a);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = factor[row * size + column] ?? 0;
      for (let k = 0; k < column; k += 1) sum -= (factor[row * size + k] ?? 0) * (factor[column * size + k] ?? 0);
      if (row > column) factor[row * size + column] = sum / (factor[column * size + column] ?? 0);
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum);
      else return null;
    }
  }
  return factor;
}

function substituteForward(factor: Float64Array, b: Float64Array): Float64Array {
  const solved = Float64Array.from(b);
  for (let row = 0; row < b.length; row += 1) {
    let sum = solved[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (factor[row * b.length + k] ?? 0) * (solved[k] ?? 0);
    solved[row] = sum / (factor[row * b.length + row] ?? 0);
  }
  return solved;
}

function substituteBack(factor: Float64Array, b: Float64Array): Float64Array {
  const solved = Float64Array.from(b);
  for (let row = b.length - 1; row >= 0; row -= 1) {
    let sum = solved[row] ?? 0;
    for (let k = row + 1; k < b.length; k += 1) sum -= (factor[k * b.length + row] ?? 0) * (solved[k] ?? 0);
    solved[row] = sum / (factor[row * b.length + row] ?? 0);
  }
  return solved;
}
