import type { ChurnModel, Column } from './churn-model.ts';
import { compareAtLandmarks, designOf, type Valued } from './design.ts';
import type { Feature } from './feature.ts';
import { fitLogistic, predictLogistic } from './logistic.ts';
import { columnsAt, type Matrix, usedColumns } from './matrix.ts';

/** What of a model predicts. */
export type Predictor = Pick<ChurnModel, 'usual' | 'intercept' | 'columns'>;

/** The columns with the weights that fit best, by a penalty on how far they are from their priors; unseen facts keep them. */
export function fitColumns(
  { matrix, labels }: { matrix: Matrix; labels: Uint8Array },
  features: readonly Feature[],
  { columns, penalty }: { columns: readonly Column[]; penalty: number },
): Pick<Predictor, 'intercept' | 'columns'> {
  const x = designOf(matrix, features, columns);
  const used = usedColumns(x);
  const prior = Float64Array.from(used, (place) => columns[place]?.prior ?? 0);
  const { intercept, weights } = fitLogistic({ x: columnsAt(x, used), y: labels, penalty, prior });
  const learned = new Map(used.map((place, j) => [place, weights[j]]));
  return { intercept, columns: columns.map((column, j) => ({ ...column, weight: learned.get(j) ?? column.prior })) };
}

/** Of each row; some features compare those of the same landmark with each other. */
export function probabilitiesOf(
  { usual, intercept, columns }: Predictor,
  features: readonly Feature[],
  rows: readonly Valued[],
): Float64Array {
  const weights = Float64Array.from(columns, ({ weight }) => weight);
  const x = designOf(compareAtLandmarks(rows, features, usual), features, columns);
  return predictLogistic(x, { intercept, weights });
}
