import { groupBy } from '../group-by.ts';
import type { Outcomes } from './evaluation.ts';

const groups = 10;

/** What was said of some cases on the average, and which share of them left. */
export type CalibrationRow = { predicted: number; observed: number; cases: number };

/** In ten ranges of probability of equal width, or in ten groups of equal size; the lowest first, empty ones left out. */
export function calibrationTable(outcomes: Outcomes, by: 'width' | 'size'): CalibrationRow[] {
  const cases = Array.from(outcomes.labels, (label, i) => ({ probability: outcomes.probabilities[i] ?? 0, label }));
  cases.sort((a, b) => a.probability - b.probability);
  const ranked = cases.map((one, rank) => ({ ...one, rank }));
  const groupOf = {
    width: ({ probability }: { probability: number }) => Math.min(groups - 1, Math.floor(groups * probability)),
    size: ({ rank }: { rank: number }) => Math.floor((groups * rank) / cases.length),
  };
  return [...groupBy(ranked, groupOf[by]).values()].map((group) => ({
    predicted: group.reduce((sum, { probability }) => sum + probability, 0) / group.length,
    observed: group.reduce((sum, { label }) => sum + label, 0) / group.length,
    cases: group.length,
  }));
}

/** Mean distance of the observed from the predicted share, each group by its size; null of none. */
export function calibrationError(table: readonly CalibrationRow[]): number | null {
  const cases = table.reduce((sum, row) => sum + row.cases, 0);
  const distance = table.reduce((sum, row) => sum + row.cases * Math.abs(row.observed - row.predicted), 0);
  return cases === 0 ? null : distance / cases;
}
