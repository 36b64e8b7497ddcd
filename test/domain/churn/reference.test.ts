import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { calibrationError, calibrationTable } from '../../../src/domain/churn/calibration.ts';
import { scoresOf } from '../../../src/domain/churn/evaluation.ts';
import { fitLogistic, predictLogistic } from '../../../src/domain/churn/logistic.ts';
import { matrixOf } from '../../../src/domain/churn/matrix.ts';
import { applyScale, scaleOf } from '../../../src/domain/churn/scale.ts';

const folder = join(import.meta.dirname, '../../fixtures/churn');

/** What scikit-learn makes of the same data. */
const reference = z.object({
  fits: z.array(
    z.object({ C: z.number(), intercept: z.number(), coef: z.array(z.number()), test_logloss: z.number() }),
  ),
  scores_of_c1_on_test: z.object({
    auc: z.number(),
    top_decile_lift: z.number(),
    brier: z.number(),
    logloss: z.number(),
    ece10_width: z.number(),
    ece10_mass: z.number(),
  }),
});

function readTable(file: string) {
  const [, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  const rows = lines.map((line) => line.split(',').map(Number));
  const columns = (rows[0]?.length ?? 0) - 1;
  return {
    x: matrixOf(
      rows.map((row) => row.slice(0, -1)),
      columns,
    ),
    y: Uint8Array.from(rows, (row) => row.at(-1) ?? 0),
  };
}

const dataSets = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const train = readTable(join(folder, name, 'train.csv.gz'));
    const test = readTable(join(folder, name, 'test.csv.gz'));
    const scale = scaleOf(train.x);
    return {
      name,
      train: { ...train, x: applyScale(train.x, scale) },
      test: { ...test, x: applyScale(test.x, scale) },
      ...reference.parse(JSON.parse(readFileSync(join(folder, name, 'l2_reference.json'), 'utf8'))),
    };
  });

describe.each(dataSets)('the solver on $name', ({ train, test, fits, scores_of_c1_on_test: told }) => {
  const prior = new Float64Array(train.x.columns);

  it.each(fits)('finds the weights of scikit-learn at C = $C', ({ C, intercept, coef }) => {
    const fit = fitLogistic({ ...train, penalty: 1 / C, prior });
    expect(Math.abs(fit.intercept - intercept)).toBeLessThan(1e-6);
    expect(Math.max(...coef.map((weight, j) => Math.abs(weight - (fit.weights[j] ?? Number.NaN))))).toBeLessThan(1e-6);
  });

  it('predicts as well on cases that it hasn’t seen', () => {
    const probabilities = predictLogistic(test.x, fitLogistic({ ...train, penalty: 1, prior }));
    const outcomes = { probabilities, labels: test.y };
    const scores = scoresOf(outcomes);
    expect(scores.auc).toBeCloseTo(told.auc, 6);
    expect(scores.brier).toBeCloseTo(told.brier, 6);
    expect(scores.logLoss).toBeCloseTo(told.logloss, 6);
    expect(scores.lift).toBeCloseTo(told.top_decile_lift, 6);
    expect(scores.ece).toBeCloseTo(told.ece10_width, 6);
    expect(calibrationError(calibrationTable(outcomes, 'size'))).toBeCloseTo(told.ece10_mass, 6);
  });
});
