import { toMajor } from '../../domain/money.ts';
import type { Report, Table } from '../../reports/report.ts';

export type Drawn = { label: string; values: number[] };

/** A series as it is drawn, money in major units; without values where the report has no such series. */
export function drawnSeries({ series, currency }: Report, key: string): Drawn {
  const found = series.find((candidate) => candidate.key === key);
  const drawn = (value: number): number => (found?.unit === 'money' ? toMajor(value, currency) : value);
  return { label: found?.label ?? key, values: found?.points.map(({ value }) => drawn(value)) ?? [] };
}

/** The days that a report draws: those of its first series. */
export function drawnDays({ series }: Report): string[] {
  return series[0]?.points.map(({ day }) => day) ?? [];
}

export function figureValue({ figures }: Report, key: string): number | null {
  return figures.find((figure) => figure.key === key)?.value ?? null;
}

export function tableRows({ tables }: Report, key: string): Table['rows'] {
  return tables.find((table) => table.key === key)?.rows ?? [];
}

type Cell = Table['rows'][number][string] | undefined;

export function numberIn(cell: Cell): number | null {
  return typeof cell === 'number' ? cell : null;
}

export function textIn(cell: Cell): string {
  return typeof cell === 'string' ? cell : '';
}
