import { toMajor } from '../../domain/money.ts';
import type { Report, Table } from '../../reports/report.ts';

export type Drawn = { label: string; values: number[] };

/** A series as it is drawn, money in major units; without values where the report has no such series. */
export function drawnSeries(report: Report, key: string): Drawn {
  const found = report.series.find((candidate) => candidate.key === key);
  const drawn = (value: number): number => (found?.unit === 'money' ? toMajor(value, report.currency) : value);
  return { label: found?.label ?? key, values: sinceFirst(report, found).map(({ value }) => drawn(value)) };
}

/** The days that a report draws: those of its first series. */
export function drawnDays(report: Report): string[] {
  return sinceFirst(report, report.series[0]).map(({ day }) => day);
}

type Series = Report['series'][number];

/** What comes before the first day on which anything happened says nothing, and isn't drawn; of nothing all is. */
function sinceFirst({ series, tables }: Report, of: Series | undefined): Series['points'] {
  const alive = series.flatMap(({ points }) => points.find(({ value }) => value !== 0)?.day ?? []);
  const told = tables.flatMap(({ rows }) => rows.flatMap(({ day }) => (typeof day === 'string' ? [day] : [])));
  const [first = ''] = [...alive, ...told].sort();
  return of?.points.filter(({ day }) => day >= first) ?? [];
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

/** To a tenth of a percent: what is drawn shows no more, and an axis can't be divided into next to nothing. */
export function shareIn(cell: Cell): number | null {
  return typeof cell === 'number' ? Math.round(cell * 1000) / 1000 : null;
}

export function textIn(cell: Cell): string {
  return typeof cell === 'string' ? cell : '';
}
