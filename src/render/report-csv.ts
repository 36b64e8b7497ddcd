import { toMajor } from '../domain/money.ts';
import type { Report, Table } from '../reports/report.ts';

export type CsvFile = { name: string; description: string; text: string };

/** Text is escaped; a number can't be anything else. */
type Cell = string | number | null;

/**
 * A report as files for a spreadsheet: its figures, each table and its series by day. Columns are named by their keys; money
 * is in major units beside its currency.
 */
export function reportCsv(report: Report): CsvFile[] {
  const file = (key: string, description: string, rows: Cell[][]): CsvFile => ({
    name: `${report.name}-${key}.csv`,
    description,
    text: rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join(''),
  });
  return [
    file('figures', 'Figures', figureRows(report)),
    ...report.tables.map((table) => file(table.key, table.title, tableRows(table, report.currency))),
    ...(report.series.length > 0 ? [file('series', 'By day', seriesRows(report))] : []),
  ];
}

function figureRows({ figures, currency, period, asOf }: Report): Cell[][] {
  const head = ['key', 'label', 'unit', 'value', 'previous', 'currency', 'unavailable', 'start', 'end', 'as_of'];
  const rows = figures.map(({ key, label, unit, value, previous, unavailable = null }) => {
    const ofUnit = (amount: number | null) => valueCell(amount, unit, currency);
    const money = unit === 'money' ? currency : null;
    return [key, label, unit, ofUnit(value), ofUnit(previous), money, unavailable, period.start, period.end, asOf];
  });
  return [head, ...rows];
}

function tableRows({ columns, rows }: Table, currency: string): Cell[][] {
  const named = columns.some(({ key }) => key === 'currency') || !columns.some(({ unit }) => unit === 'money');
  const head = [...columns.map(({ key }) => key), ...(named ? [] : ['currency'])];
  return [
    head,
    ...rows.map((row) => {
      const own = String(row.currency ?? currency);
      return [...columns.map(({ key, unit }) => valueCell(row[key] ?? null, unit, own)), ...(named ? [] : [own])];
    }),
  ];
}

function seriesRows({ series, currency }: Report): Cell[][] {
  const days = [...new Set(series.flatMap(({ points }) => points.map(({ day }) => day)))].sort();
  const columns = series.map(({ key, unit, points }) => ({
    key,
    unit,
    byDay: new Map(points.map(({ day, value }) => [day, value])),
  }));
  return [
    ['day', ...columns.map(({ key }) => key)],
    ...days.map((day) => [day, ...columns.map(({ unit, byDay }) => valueCell(byDay.get(day) ?? null, unit, currency))]),
  ];
}

function valueCell(value: Cell, unit: string, currency: string): Cell {
  return typeof value === 'number' && unit === 'money' ? toMajor(value, currency) : value;
}

/**
 * A spreadsheet takes text that begins with one of these for a formula, which somebody's name may be; with an apostrophe
 * before it, it stays text.
 */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
