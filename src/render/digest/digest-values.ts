import type { Figure, Report, Table } from '../../reports/report.ts';
import { formatCount, formatFigure } from '../format.ts';

export type Row = Table['rows'][number];

export function rowsOf({ tables }: Report, key: string): Row[] {
  return tables.find((table) => table.key === key)?.rows ?? [];
}

/** The figure of that key, if there is one. */
export function byFigure({ figures }: Report, key: string): Figure[] {
  return figures.filter((figure) => figure.key === key);
}

/** `1 person`, `2 people`. */
export function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export function valueText(report: Report, key: string): string {
  const [figure] = byFigure(report, key);
  return figure === undefined ? 'an unknown number' : formatFigure(figure, report.currency);
}
