import { groupBy } from '../../domain/group-by.ts';
import type { Table } from '../../reports/report.ts';
import { numberIn, textIn } from './report-values.ts';

/** Customers by the month of their first payment: of each month since the share still paying, null where not known. */
export type Cohort = { month: string; size: number; retained: (number | null)[] };

/** The newest cohorts, oldest of them first, each with its first months. */
export function newestCohorts(rows: Table['rows'], most: { cohorts: number; months: number }): Cohort[] {
  const byMonth = groupBy(rows, ({ cohort }) => textIn(cohort));
  return [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(-most.cohorts)
    .map(([month, ofCohort]) => {
      const shares = new Map(ofCohort.map((row) => [numberIn(row.month), numberIn(row.retained)]));
      const known = [...shares.keys()].filter((since) => since !== null && since < most.months);
      const length = 1 + Math.max(-1, ...known.map(Number));
      const retained = Array.from({ length }, (_, since) => shares.get(since) ?? null);
      return { month, size: numberIn(ofCohort[0]?.size) ?? 0, retained };
    });
}
