import { logLossOf } from './evaluation.ts';
import { fitLogistic, type LogisticFit, predictLogistic } from './logistic.ts';
import { columnsAt, type Matrix, rowsAt } from './matrix.ts';

/** A design with its labels and whose each row is. */
export type Sample = { x: Matrix; y: Uint8Array; memberIds: readonly string[]; prior: Float64Array };

const folds = 5;
/** Enough to choose a penalty by, however large a company is. */
const mostRows = 12_000;
/** One step of Newton's before the last digits: these fits only have to tell penalties apart. */
const tolerance = 1e-9;
const penalties = [3000, 1000, 300, 100, 30, 10, 3, 1];
/** After so many penalties in a row that did worse no smaller one is tried. */
const mostWorse = 2;

type Choice = { penalty: number; predictions: Float64Array };

/** The penalty under which members that a fit hasn't seen are predicted best, and what each row was predicted. */
export function choosePenalty(sample: Sample): Choice {
  const splits = splitByMember(sample);
  const starts: (LogisticFit | undefined)[] = splits.map(() => undefined);
  let best: Choice & { loss: number } = { penalty: 1, predictions: new Float64Array(), loss: Number.POSITIVE_INFINITY };
  let worse = 0;
  for (const penalty of penalties) {
    const predictions = predictFolds(sample, splits, { penalty, starts });
    const loss = sample.y.reduce((sum, label, row) => sum + logLossOf(predictions[row] ?? 0, label), 0);
    worse = loss < best.loss ? 0 : worse + 1;
    if (worse === 0) best = { penalty, predictions, loss };
    if (worse === mostWorse) break;
  }
  return best;
}

/** What each row is predicted from these columns alone by a fit on other members. */
export function predictFrom(sample: Sample, columns: readonly number[], penalty: number): Float64Array {
  const x = columnsAt(sample.x, columns);
  const prior = Float64Array.from(columns, (column) => sample.prior[column] ?? 0);
  return predictFolds({ ...sample, x, prior }, splitByMember(sample), { penalty, starts: [] });
}

type Split = { inside: number[]; outside: number[] };

/** Members go to the folds in turns, in the order of their first rows. */
function splitByMember({ memberIds }: Sample): Split[] {
  const order = new Map([...new Set(memberIds)].map((id, i) => [id, i]));
  const foldOf = (row: number) => (order.get(memberIds[row] ?? '') ?? 0) % folds;
  const rows = [...memberIds.keys()];
  return Array.from({ length: folds }, (_, fold) => ({
    inside: rows.filter((row) => foldOf(row) === fold),
    outside: rows.filter((row) => foldOf(row) !== fold),
  }));
}

/** `starts` has the fits of the penalty before, from which the next isn't far, and gets these. */
function predictFolds(
  { x, y, prior }: Sample,
  splits: readonly Split[],
  { penalty, starts }: { penalty: number; starts: (LogisticFit | undefined)[] },
): Float64Array {
  const predictions = new Float64Array(x.rows);
  for (const [fold, { inside, outside }] of splits.entries()) {
    const start = starts[fold];
    const labels = Uint8Array.from(outside, (row) => y[row] ?? 0);
    const fit = fitLogistic({ x: rowsAt(x, outside), y: labels, penalty, prior, tolerance, ...(start && { start }) });
    starts[fold] = fit;
    const predicted = predictLogistic(rowsAt(x, inside), fit);
    for (const [i, row] of inside.entries()) predictions[row] = predicted[i] ?? 0;
  }
  return predictions;
}

/** All rows of so many members that there are few enough rows, evenly from among them. */
export function fewerMembers(sample: Sample): Sample {
  const every = Math.ceil(sample.x.rows / mostRows);
  const order = new Map([...new Set(sample.memberIds)].map((id, i) => [id, i]));
  const rows = [...sample.memberIds.keys()].filter(
    (row) => (order.get(sample.memberIds[row] ?? '') ?? 0) % every === 0,
  );
  return {
    x: rowsAt(sample.x, rows),
    y: Uint8Array.from(rows, (row) => sample.y[row] ?? 0),
    memberIds: rows.map((row) => sample.memberIds[row] ?? ''),
    prior: sample.prior,
  };
}
