import { solveCholesky } from './cholesky.ts';
import type { Matrix } from './matrix.ts';

export type LogisticFit = { intercept: number; weights: Float64Array };

type Problem = {
  /** Standardised columns, without one for the intercept. */
  x: Matrix;
  /** 1 or 0 a row. */
  y: Uint8Array;
  /** What half the squared distance of the weights from `prior` is multiplied by; above 0. */
  penalty: number;
  prior: Float64Array;
  /** From where to search, which changes how long it takes and not where it ends. */
  start?: LogisticFit;
  /** The decrease that Newton's step promises, relative to the loss, below which nothing is left to gain (1e-16). */
  tolerance?: number;
};

const mostSteps = 100;
const mostHalvings = 30;
/**
 * Minimises `Σ log loss + penalty/2 · ‖weights − prior‖²` by Newton's method (iteratively reweighted least squares); the
 * intercept is free. Where all rows have the same label no intercept is best, and the weights stay at the prior.
 */
export function fitLogistic(problem: Problem): LogisticFit {
  const { x, y, prior, tolerance = 1e-16 } = problem;
  const ones = y.reduce((sum, label) => sum + label, 0);
  if (ones === 0 || ones === x.rows) {
    return { intercept: logit((ones + 0.5) / (x.rows + 1)), weights: Float64Array.from(prior) };
  }
  let beta = problem.start === undefined ? [logit(ones / x.rows), ...prior] : withIntercept(problem.start);
  let loss = lossOf(problem, beta);
  for (let step = 0; step < mostSteps; step += 1) {
    const { gradient, hessian } = derivatives(problem, beta);
    const direction = solveCholesky(hessian, gradient);
    if (direction === null || dot(direction, gradient) < tolerance * (1 + loss)) break;
    const next = searchLine(problem, { beta, loss, direction });
    if (next === null) break;
    ({ beta, loss } = next);
  }
  const [intercept = 0, ...weights] = beta;
  return { intercept, weights: Float64Array.from(weights) };
}

/** The probability that a logistic model gives each row. */
export function predictLogistic(x: Matrix, { intercept, weights }: LogisticFit): Float64Array {
  return linear(x, [intercept, ...weights]).map(sigmoid);
}

export function sigmoid(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}

function withIntercept({ intercept, weights }: LogisticFit): number[] {
  return [intercept, ...weights];
}

type Position = { beta: number[]; loss: number };

/** The first of the whole step, half of it, a quarter … that gets lower: far from the minimum a whole one may overshoot. */
function searchLine(problem: Problem, from: Position & { direction: Float64Array }): Position | null {
  for (let halving = 0, share = 1; halving < mostHalvings; halving += 1, share /= 2) {
    const beta = from.beta.map((value, j) => value - share * (from.direction[j] ?? 0));
    const loss = lossOf(problem, beta);
    if (loss < from.loss) return { beta, loss };
  }
  return null;
}

function linear({ rows, columns, values }: Matrix, beta: readonly number[]): Float64Array {
  const scores = new Float64Array(rows);
  const weights = Float64Array.from(beta);
  for (let row = 0, offset = 0; row < rows; row += 1, offset += columns) {
    let score = weights[0] ?? 0;
    for (let j = 0; j < columns; j += 1) score += (values[offset + j] ?? 0) * (weights[j + 1] ?? 0);
    scores[row] = score;
  }
  return scores;
}

function lossOf({ x, y, penalty, prior }: Problem, beta: readonly number[]): number {
  let loss = 0;
  const scores = linear(x, beta);
  for (let row = 0; row < x.rows; row += 1) {
    const score = scores[row] ?? 0;
    // log(1 + e^score) without overflow, less the score where the label is 1.
    loss += Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - (y[row] ?? 0) * score;
  }
  for (let j = 0; j < prior.length; j += 1) loss += (penalty / 2) * ((beta[j + 1] ?? 0) - (prior[j] ?? 0)) ** 2;
  return loss;
}

/** Of the penalised loss; of the Hessian the lower triangle, with the intercept first. */
function derivatives({ x, y, penalty, prior }: Problem, beta: readonly number[]) {
  const size = x.columns + 1;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const scores = linear(x, beta);
  const four: Four = [weightless(size), weightless(size), weightless(size), weightless(size)];
  for (let first = 0; first < x.rows; first += four.length) {
    for (const [i, one] of four.entries()) {
      const place = first + i;
      const p = sigmoid(scores[place] ?? 0);
      one.factor = place < x.rows ? p * (1 - p) : 0;
      if (place >= x.rows) continue;
      one.row.set(x.values.subarray(place * x.columns, (place + 1) * x.columns), 1);
      addMultiple(gradient, one.row, p - (y[place] ?? 0));
    }
    addSquares(hessian, four);
  }
  for (let j = 1; j < size; j += 1) {
    gradient[j] = (gradient[j] ?? 0) + penalty * ((beta[j] ?? 0) - (prior[j - 1] ?? 0));
    hessian[j * size + j] = (hessian[j * size + j] ?? 0) + penalty;
  }
  return { gradient, hessian };
}

function addMultiple(sum: Float64Array, row: Float64Array, factor: number): void {
  for (let j = 0; j < row.length; j += 1) sum[j] = (sum[j] ?? 0) + factor * (row[j] ?? 0);
}

/** A row with a 1 for the intercept in front. */
type Weighted = { row: Float64Array; factor: number };
type Four = readonly [Weighted, Weighted, Weighted, Weighted];

function weightless(size: number): Weighted {
  return { row: new Float64Array(size).fill(1, 0, 1), factor: 0 };
}

/**
 * Adds `factor · row · rowᵀ` of each to a lower triangle: of four at once, since what takes long is to read and write the
 * triangle.
 */
function addSquares(triangle: Float64Array, [k, l, m, n]: Four): void {
  const size = k.row.length;
  const [rowK, rowL, rowM, rowN] = [k.row, l.row, m.row, n.row];
  for (let a = 0; a < size; a += 1) {
    const [ak, al] = [k.factor * (rowK[a] ?? 0), l.factor * (rowL[a] ?? 0)];
    const [am, an] = [m.factor * (rowM[a] ?? 0), n.factor * (rowN[a] ?? 0)];
    for (let b = 0, place = a * size; b <= a; b += 1, place += 1) {
      const more = ak * (rowK[b] ?? 0) + al * (rowL[b] ?? 0) + am * (rowM[b] ?? 0) + an * (rowN[b] ?? 0);
      triangle[place] = (triangle[place] ?? 0) + more;
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
