import type { Point } from 'chart.js';
import type { Table } from '../../reports/report.ts';
import type { Datasets } from './chart-config.ts';
import { numberIn } from './report-values.ts';
import { theme } from './theme.ts';

export type Survival = { days: number; survival: number; lower: number | null; upper: number | null };

/** A report's table of churn times, from the first payment on, when everybody pays. */
export function survivalCurve(rows: Table['rows']): Survival[] {
  const steps = rows.flatMap((row) => {
    const [days, survival] = [numberIn(row.days), numberIn(row.survival)];
    if (days === null || survival === null) return [];
    return { days, survival, lower: numberIn(row.lower), upper: numberIn(row.upper) };
  });
  return [{ days: 0, survival: 1, lower: 1, upper: 1 }, ...steps.sort((a, b) => a.days - b.days)];
}

export function stepLine(curve: Survival[], label: string): Datasets[number] {
  return {
    type: 'line',
    label,
    data: corners(curve.map(({ days, survival }) => ({ x: days, y: survival }))),
    borderColor: theme.line,
    backgroundColor: theme.line,
    borderWidth: 3,
    borderJoinStyle: 'round',
    clip: 8,
    pointRadius: 0,
  };
}

/** One outline, out along the upper ends and back along the lower ones, as far as there is an interval. */
export function confidenceBand(curve: Survival[]): Datasets[number] {
  const above = corners(heldEnds(curve, 'upper'));
  const below = corners(heldEnds(curve, 'lower'));
  return {
    type: 'line',
    label: '95% confidence',
    data: [...above, ...below.reverse()],
    fill: 'shape',
    backgroundColor: theme.bandFill,
    borderWidth: 0,
    pointRadius: 0,
  };
}

/** The ends known at each day; where nobody is left there is no interval, and the one before holds until that day. */
function heldEnds(curve: Survival[], end: 'lower' | 'upper'): Point[] {
  return curve.flatMap(({ days, [end]: known }, index) => {
    const y = known ?? curve[index - 1]?.[end] ?? null;
    return y === null ? [] : { x: days, y };
  });
}

/** A share holds until the day of the next one. */
function corners(points: Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before ? [{ x: point.x, y: before.y }, point] : [point];
  });
}
