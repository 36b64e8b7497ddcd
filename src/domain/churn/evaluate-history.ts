import type { Instant } from '../facts.ts';
import { groupBy } from '../group-by.ts';
import type { ActivityKind } from './engagement-features.ts';
import { type Scores, scoresOf } from './evaluation.ts';
import { featuresOf } from './features.ts';
import { fitChurnModel } from './fit-model.ts';
import { type LearningRow, learningRows, type Observation } from './learning-row.ts';
import type { MemberHistory } from './member-history.ts';
import { probabilitiesOf } from './probability.ts';
import { labelKnownAt } from './spells.ts';

type Question = Observation & {
  histories: readonly MemberHistory[];
  kinds: readonly ActivityKind[];
  /** The first landmark that is judged. */
  testFrom: Instant;
};

export type Evaluation = Scores & {
  /** Share of leavers among the rows that are judged. */
  baseRate: number | null;
  /** What saying this share of everybody would cost, known only afterwards. */
  baseBrier: number | null;
};

/** At each landmark from `testFrom` on: fits on what was known then, predicts who runs then, and judges all of it. */
export function evaluateHistory({ histories, kinds, testFrom, ...observation }: Question): Evaluation {
  const features = featuresOf(kinds);
  const rows = histories.flatMap((history) => learningRows(history, features, observation));
  const judged = [...groupBy(rows, ({ landmark }) => landmark)].filter(([landmark]) => landmark >= testFrom);
  const outcomes = judged.flatMap(([now, test]) => {
    const known = rows.filter(({ landmark }) => labelKnownAt(landmark) <= now);
    const model = fitChurnModel({ rows: known, kinds, now });
    return pair(test, probabilitiesOf(model, features, test));
  });
  const scores = scoresOf({
    probabilities: outcomes.map(({ probability }) => probability),
    labels: outcomes.map(({ left }) => Number(left)),
  });
  const baseRate = scores.rows === 0 ? null : scores.leavers / scores.rows;
  return { ...scores, baseRate, baseBrier: baseRate === null ? null : baseRate * (1 - baseRate) };
}

function pair(rows: readonly LearningRow[], probabilities: Float64Array) {
  return rows.map(({ left }, row) => ({ left, probability: probabilities[row] ?? 0 }));
}
