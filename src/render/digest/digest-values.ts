import type { Figure, Report, Table } from '../../reports/report.ts';
import { formatChange, formatCount, formatFigure, formatMoney } from '../format.ts';

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

/** With `+` or `−` before it, whatever it is written as. */
export function signed(value: number, write: (value: number) => string): string {
  if (value === 0) return write(0);
  return `${value > 0 ? '+' : '−'}${write(Math.abs(value))}`;
}

/** A figure that is read first: its value, other currencies below it, and how it moved. */
export function headlineLines(figure: Figure, { currency }: Report): string[] {
  const { value, otherCurrencies = [] } = figure;
  if (value === null) return [formatFigure(figure, currency)];
  const change = formatChange(figure);
  const others = otherCurrencies.map((one) => formatMoney(one.amount, one.currency, 'code'));
  return [
    `**${formatFigure({ ...figure, otherCurrencies: [] }, currency)}**`,
    ...(change === '' ? [] : [change]),
    ...others.map((amount) => `and ${amount}`),
  ];
}

export function valueText(report: Report, key: string): string {
  const [figure] = byFigure(report, key);
  return figure === undefined ? 'an unknown number' : formatFigure(figure, report.currency);
}
