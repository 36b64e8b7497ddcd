import type { Instant } from '../facts.ts';
import { bandOf } from './bands.ts';
import { calibrationTable } from './calibration.ts';
import type { ChurnModel, OutOfTime } from './churn-model.ts';
import { areaUnderCurve, scoresOf } from './evaluation.ts';
import type { Feature } from './feature.ts';
import type { LearningRow } from './learning-row.ts';
import { type Predictor, probabilitiesOf } from './probability.ts';
import { labelKnownAt } from './spells.ts';

/** The last landmarks, and what was known when the first of them came. */
export type LastWeeks = { before: readonly LearningRow[]; last: readonly LearningRow[] };

/** A quarter of a year, or a quarter of the landmarks where there are fewer than 52. */
const mostLandmarks = 13;
const fewestLeaversBefore = 30;
const fewestLeaversLast = 10;

/** Null where either side is too small to fit or to judge by. */
export function splitLastWeeks(rows: readonly LearningRow[]): LastWeeks | null {
  const landmarks = [...new Set(rows.map(({ landmark }) => landmark))].sort((a, b) => a - b);
  const first = landmarks.at(-Math.min(mostLandmarks, Math.ceil(landmarks.length / 4)));
  if (first === undefined) return null;
  const before = rows.filter(({ landmark }) => labelKnownAt(landmark) <= first);
  const last = rows.filter(({ landmark }) => landmark >= first);
  const enough = leavers(before) >= fewestLeaversBefore && leavers(last) >= fewestLeaversLast;
  return enough ? { before, last } : null;
}

function leavers(rows: readonly LearningRow[]): number {
  return new Set(rows.filter(({ left }) => left).map(({ memberId }) => memberId)).size;
}

/** How well a model fitted before did in the last weeks. */
export function scoreLastWeeks(
  last: readonly LearningRow[],
  features: readonly Feature[],
  model: Predictor & Pick<ChurnModel, 'baseRate'>,
): OutOfTime {
  const labels = Uint8Array.from(last, ({ left }) => Number(left));
  const probabilities = probabilitiesOf(model, features, last);
  const outcomes = { probabilities, labels };
  const high = last.filter((_, row) => bandOf(probabilities[row] ?? 0, model.baseRate) === 'high');
  return {
    ...span(last),
    model: scoresOf(outcomes),
    baseRate: scoresOf({ probabilities: probabilities.map(() => model.baseRate), labels }),
    silenceAuc: silenceAuc(last, features),
    calibration: calibrationTable(outcomes, 'size'),
    high: { rows: high.length, left: high.filter(({ left }) => left).length },
  };
}

function span(rows: readonly LearningRow[]): { from: Instant; to: Instant } {
  const landmarks = rows.map(({ landmark }) => landmark);
  const [first = 0] = landmarks;
  return {
    from: landmarks.reduce((least, one) => Math.min(least, one), first),
    to: landmarks.reduce((most, one) => Math.max(most, one), first),
  };
}

/** Whoever was never active has been silent for longest. */
function silenceAuc(rows: readonly LearningRow[], features: readonly Feature[]): number | null {
  const place = (name: string) => features.findIndex((feature) => feature.name === name);
  const [silence, never] = [place('days since the last activity'), place('never active')];
  const seen = rows.filter(({ values }) => !Number.isNaN(values[never] ?? Number.NaN));
  return areaUnderCurve({
    probabilities: seen.map(({ values }) => (values[never] === 1 ? Number.POSITIVE_INFINITY : (values[silence] ?? 0))),
    labels: seen.map(({ left }) => Number(left)),
  });
}
