import type { Instant } from '../facts.ts';
import { type ChurnModel, churnRules, type EngagementTest, type OutOfTime } from './churn-model.ts';
import { columnsFor, compareAtLandmarks, designOf, usualOf } from './design.ts';
import type { ActivityKind } from './engagement-features.ts';
import { testEngagement } from './engagement-test.ts';
import { scoresOf } from './evaluation.ts';
import type { Feature } from './feature.ts';
import { featuresOf } from './features.ts';
import { choosePenalty, fewerMembers, predictFrom } from './folds.ts';
import type { LearningRow } from './learning-row.ts';
import { logit } from './logistic.ts';
import { columnsAt, usedColumns } from './matrix.ts';
import { type LastWeeks, scoreLastWeeks, splitLastWeeks } from './out-of-time.ts';
import { fitColumns, type Predictor } from './probability.ts';

const fewestMembers = 60;
const fewestLeavers = 30;
/** Bends take more to be seen than slopes. */
const fewestLeaversToBend = 100;
/** What few rows are mixed with: ten of which one left. */
const guess = { left: 1, rows: 10 };

type Learning = { rows: readonly LearningRow[]; kinds: readonly ActivityKind[]; now: Instant };

/** The model of a company by all rows whose label is known. */
export function fitChurnModel({ rows, kinds, now }: Learning): ChurnModel {
  const features = featuresOf(kinds);
  const known = summaryOf(rows);
  const usual = usualOf(rows, features);
  const model = {
    ...known,
    usual,
    rules: churnRules,
    fittedAt: now,
    kinds,
    penalty: null,
    engagement: null,
    outOfTime: null,
  };
  const intercept = logit(known.baseRate);
  if (known.members < fewestMembers || known.leavers < fewestLeavers) {
    const columns = columnsFor(compareAtLandmarks(rows, features, usual), features, false);
    return { ...model, kind: 'prior', note: tooLittle(known), intercept, columns };
  }
  const lastWeeks = splitLastWeeks(rows);
  const choice = choose(lastWeeks?.before ?? rows, features);
  const outOfTime = lastWeeks === null ? null : testChoice(lastWeeks, features, choice);
  const tested = { ...model, penalty: choice.penalty, engagement: choice.engagement, outOfTime };
  if (!beatsBaseRate(outOfTime, choice))
    return { ...tested, kind: 'base rate', note: noBetter, intercept, columns: [] };
  return { ...tested, kind: 'fitted', note: fittedOn(known), ...fitChoice(rows, features, choice) };
}

const noBetter =
  'Fitted on this community’s own past, but no better at telling who leaves than the same figure for everybody, and so not used.';

type Summary = Pick<ChurnModel, 'window' | 'rows' | 'members' | 'leavers' | 'baseRate'>;

function summaryOf(rows: readonly LearningRow[]): Summary {
  const landmarks = [...new Set(rows.map(({ landmark }) => landmark))].sort((a, b) => a - b);
  const [from, to] = [landmarks[0], landmarks.at(-1)];
  const left = rows.filter((row) => row.left);
  return {
    window: from === undefined || to === undefined ? null : { from, to },
    rows: rows.length,
    members: new Set(rows.map(({ memberId }) => memberId)).size,
    leavers: leaversOf(rows),
    baseRate: (left.length + guess.left) / (rows.length + guess.rows),
  };
}

function leaversOf(rows: readonly LearningRow[]): number {
  return new Set(rows.filter(({ left }) => left).map(({ memberId }) => memberId)).size;
}

function tooLittle({ members, leavers }: Summary): string {
  return (
    `A prior, not learned from this community: ${members} members and ${leavers} leavers are known, ` +
    `it takes ${fewestMembers} and ${fewestLeavers}. Only its own rate of leaving is.`
  );
}

function fittedOn({ members, leavers }: Summary): string {
  return `Fitted on this community’s own past: ${members} members, of whom ${leavers} left.`;
}

/** How to fit: chosen by members who were left out in turns. */
type Choice = {
  penalty: number;
  bend: boolean;
  engagement: EngagementTest;
  /** By how much the chosen model was better than the base rate then, in log loss a row. */
  gain: number;
};

function choose(rows: readonly LearningRow[], features: readonly Feature[]): Choice {
  const bend = leaversOf(rows) >= fewestLeaversToBend;
  const matrix = compareAtLandmarks(rows, features, usualOf(rows, features));
  const all = columnsFor(matrix, features, bend);
  const design = designOf(matrix, features, all);
  const used = usedColumns(design);
  const columns = used.flatMap((place) => all[place] ?? []);
  const sample = fewerMembers({
    x: columnsAt(design, used),
    y: labelsOf(rows),
    memberIds: rows.map(({ memberId }) => memberId),
    prior: Float64Array.from(columns, ({ prior }) => prior),
  });
  const { penalty, predictions } = choosePenalty(sample);
  const contract = columns.flatMap(({ group }, column) => (group === 'contract' ? [column] : []));
  const without = predictFrom(sample, contract, penalty);
  const { y: labels, memberIds } = sample;
  const engagement = testEngagement({ labels, memberIds, withActivity: predictions, without });
  const probabilities = engagement.helps ? predictions : without;
  const rate = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const entropy = -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
  return { penalty, bend, engagement, gain: entropy - (scoresOf({ probabilities, labels }).logLoss ?? entropy) };
}

function labelsOf(rows: readonly LearningRow[]): Uint8Array {
  return Uint8Array.from(rows, ({ left }) => Number(left));
}

function fitChoice(
  rows: readonly LearningRow[],
  features: readonly Feature[],
  { bend, engagement, penalty }: Choice,
): Predictor {
  const usual = usualOf(rows, features);
  const matrix = compareAtLandmarks(rows, features, usual);
  const columns = columnsFor(matrix, features, bend).filter(({ group }) => engagement.helps || group === 'contract');
  return { usual, ...fitColumns({ matrix, labels: labelsOf(rows) }, features, { columns, penalty }) };
}

function testChoice({ before, last }: LastWeeks, features: readonly Feature[], choice: Choice): OutOfTime {
  return scoreLastWeeks(last, features, {
    ...fitChoice(before, features, choice),
    baseRate: summaryOf(before).baseRate,
  });
}

/** On its own last weeks; where there are too few to say, on members who were left out. */
function beatsBaseRate(outOfTime: OutOfTime | null, { gain }: Choice): boolean {
  if (outOfTime === null) return gain > 0;
  return (outOfTime.model.logLoss ?? Number.POSITIVE_INFINITY) < (outOfTime.baseRate.logLoss ?? 0);
}
