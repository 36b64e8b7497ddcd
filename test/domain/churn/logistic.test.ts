import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogistic, predictLogistic } from '../../../src/domain/churn/logistic.ts';
import { matrixOf } from '../../../src/domain/churn/matrix.ts';

const prior = (...weights: number[]) => Float64Array.from(weights);

describe('the logistic regression', () => {
  it('stays finite where a column separates the labels', () => {
    const x = matrixOf([[-1], [-1], [1], [1]], 1);
    const { intercept, weights } = fitLogistic({ x, y: Uint8Array.of(0, 0, 1, 1), penalty: 0.01, prior: prior(0) });
    expect(intercept).toBeCloseTo(0, 6);
    expect(weights[0]).toBeGreaterThan(1);
    expect(weights[0]).toBeLessThan(20);
  });

  it('shares a weight between columns that are the same, and leaves one that is constant at its prior', () => {
    const x = matrixOf(
      [
        [0, 0, 0],
        [1, 1, 0],
        [2, 2, 0],
        [3, 3, 0],
      ],
      3,
    );
    const { weights } = fitLogistic({ x, y: Uint8Array.of(0, 1, 0, 1), penalty: 0.1, prior: prior(0, 0, 0.4) });
    expect(weights[0]).toBeCloseTo(weights[1] ?? Number.NaN, 9);
    expect(weights[2]).toBe(0.4);
  });

  it('keeps to the prior where nobody left, or everybody did', () => {
    const x = matrixOf([[0], [1], [2]], 1);
    for (const label of [0, 1]) {
      const fit = fitLogistic({ x, y: new Uint8Array(3).fill(label), penalty: 1, prior: prior(0.3) });
      expect(fit.weights).toEqual(prior(0.3));
      expect(Number.isFinite(fit.intercept)).toBe(true);
    }
  });

  it('comes to the prior as the penalty grows, and says on the average what happened', () => {
    const row = fc.tuple(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 10, maxLength: 40 }), fc.constantFrom(0.1, 1, 1e9), (rows, penalty) => {
        const x = matrixOf(
          rows.map(([a, b]) => [a, b]),
          2,
        );
        const y = Uint8Array.from(rows, ([, , label]) => Number(label));
        const ones = y.reduce((sum, label) => sum + label, 0);
        fc.pre(ones > 0 && ones < y.length);
        const fit = fitLogistic({ x, y, penalty, prior: prior(0.5, -0.5) });
        const said = predictLogistic(x, fit).reduce((sum, p) => sum + p, 0);
        expect(said).toBeCloseTo(ones, 5);
        if (penalty === 1e9) expect(fit.weights[0]).toBeCloseTo(0.5, 5);
      }),
    );
  });

  it('ends in the same place wherever it starts', () => {
    const x = matrixOf([[0], [1], [2], [3], [4]], 1);
    const problem = { x, y: Uint8Array.of(0, 1, 0, 1, 1), penalty: 0.5, prior: prior(0) };
    const far = fitLogistic({ ...problem, start: { intercept: 8, weights: prior(-9) } });
    expect(far.weights[0]).toBeCloseTo(fitLogistic(problem).weights[0] ?? Number.NaN, 7);
  });
});
