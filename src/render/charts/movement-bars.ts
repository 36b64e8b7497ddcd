import type { MovementKind } from '../../domain/day-entries.ts';
import { toMajor } from '../../domain/money.ts';
import type { Report } from '../../reports/report.ts';
import type { Datasets } from './chart-config.ts';
import { type DayBuckets, onMiddleDays } from './day-buckets.ts';
import { shortMoney } from './money-label.ts';
import { numberIn, tableRows, textIn } from './report-values.ts';
import { theme } from './theme.ts';

type Movement = { kind: MovementKind; label: string; sign: 1 | -1 };

/** In the order of the legend, and of the stack from zero away. */
const movements: readonly Movement[] = [
  { kind: 'new', label: 'New', sign: 1 },
  { kind: 'expansion', label: 'Expansion', sign: 1 },
  { kind: 'reactivation', label: 'Reactivation', sign: 1 },
  { kind: 'churn', label: 'Churn', sign: -1 },
  { kind: 'contraction', label: 'Contraction', sign: -1 },
];

/** One kind of movement: of each bucket the sum in major units, losses below zero. */
export type MovementSums = Movement & { sums: number[] };

/** The movements in the report's currency by bucket; kinds that didn't happen are left out. */
export function movementSums(report: Report, buckets: DayBuckets): MovementSums[] {
  return movements
    .map((movement) => ({ ...movement, sums: signedSums(report, movement, buckets) }))
    .filter(({ sums }) => sums.some((sum) => sum !== 0));
}

function signedSums(report: Report, { kind, sign }: Movement, { bucketOf, middles }: DayBuckets): number[] {
  const sums = middles.map(() => 0);
  for (const row of tableRows(report, 'movements')) {
    const bucket = bucketOf.get(textIn(row.day));
    if (bucket === undefined || row.kind !== kind || row.currency !== report.currency) continue;
    sums[bucket] = (sums[bucket] ?? 0) + sign * (numberIn(row.amount) ?? 0);
  }
  return sums.map((sum) => toMajor(sum, report.currency));
}

/** How far the stacks reach, above zero and below. */
export function stackEnds(drawn: readonly MovementSums[]): number[] {
  return [1, -1].flatMap((sign) => {
    const [first, ...others] = drawn.filter((movement) => movement.sign === sign);
    return first?.sums.map((sum, bucket) => others.reduce((total, { sums }) => total + (sums[bucket] ?? 0), sum)) ?? [];
  });
}

/** Each bar stands at the middle day of its bucket. */
export function movementBars(drawn: readonly MovementSums[], buckets: DayBuckets, currency: string): Datasets {
  return drawn.map(({ kind, label, sums }) => ({
    type: 'bar',
    label: `${label} ${shortMoney(
      sums.reduce((total, sum) => total + sum, 0),
      currency,
    )}`,
    yAxisID: 'movements',
    stack: 'movements',
    backgroundColor: theme.movements[kind],
    data: onMiddleDays(sums, buckets),
    categoryPercentage: 1,
    barPercentage: buckets.barWidth,
    clip: 8,
    maxBarThickness: 44,
  }));
}
