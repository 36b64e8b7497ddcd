import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationTable } from '../../../src/domain/churn/calibration.ts';
import { areaUnderCurve, scoresOf } from '../../../src/domain/churn/evaluation.ts';

const outcome = fc.tuple(
  fc.integer({ min: 0, max: 10 }).map((tenth) => tenth / 10),
  fc.integer({ min: 0, max: 1 }),
);

describe('the scores of a model', () => {
  it('count each pair of a leaver and a stayer, and half where both are equal', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 40 }), (outcomes) => {
        const leavers = outcomes.filter(([, label]) => label === 1);
        const stayers = outcomes.filter(([, label]) => label === 0);
        const won = leavers.flatMap(([a]) => stayers.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const auc = areaUnderCurve({ probabilities: outcomes.map(([p]) => p), labels: outcomes.map(([, y]) => y) });
        if (won.length === 0) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(won.reduce<number>((sum, one) => sum + one, 0) / won.length, 9);
      }),
    );
  });

  it('share the border of the highest tenth among equal ones', () => {
    const labels = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
    expect(scoresOf({ probabilities: labels.map(() => 0.2), labels }).lift).toBeCloseTo(1, 9);
    expect(scoresOf({ probabilities: labels.map((y, i) => y - i / 100), labels }).lift).toBeCloseTo(11 / 2, 9);
  });

  it('are unavailable of nothing', () => {
    expect(scoresOf({ probabilities: [], labels: [] })).toEqual({
      auc: null,
      brier: null,
      logLoss: null,
      lift: null,
      ece: null,
      rows: 0,
      leavers: 0,
    });
  });

  it('cost much, and not infinitely much, where somebody leaves who surely wouldn’t', () => {
    expect(scoresOf({ probabilities: [0], labels: [1] }).logLoss).toBeCloseTo(34.54, 2);
  });
});

describe('the calibration table', () => {
  it('has every case in one of ten groups', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 60 }), fc.constantFrom('width', 'size'), (outcomes, by) => {
        const labels = outcomes.map(([, y]) => y);
        const table = calibrationTable(
          { probabilities: outcomes.map(([p]) => p), labels },
          by === 'width' ? 'width' : 'size',
        );
        expect(table.length).toBeLessThanOrEqual(10);
        expect(table.reduce((sum, { cases }) => sum + cases, 0)).toBe(labels.length);
        const left = table.reduce((sum, { cases, observed }) => sum + cases * observed, 0);
        expect(left).toBeCloseTo(
          labels.reduce((sum, y) => sum + y, 0),
          9,
        );
      }),
    );
  });
});
