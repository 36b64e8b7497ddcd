import type { Report, Table } from '../reports/report.ts';
import { formatAsOf, formatChange, formatComparison, formatFigure, formatPeriod, formatValue } from './format.ts';
import { plainLine } from './plain-text.ts';

/** A report for a terminal, in plain aligned text. */
export function reportText(report: Report): string {
  const figures = report.figures.map((figure) => [
    figure.label,
    formatFigure(figure, report.currency),
    formatChange(figure),
  ]);
  const blocks = [
    `${report.name} · ${report.company.name}`,
    `${formatPeriod(report)}\n${[`As of ${formatAsOf(report)}`, formatComparison(report)].filter(Boolean).join(', ')}.`,
    ...(figures.length > 0 ? [aligned(figures)] : []),
    ...report.tables.filter((table) => table.rows.length > 0).map((table) => tableText(table, report)),
    ...report.notes.map((note) => `Note: ${note}`),
  ];
  const lines = blocks.join('\n\n').split('\n').map(plainLine);
  return `${lines.join('\n')}\n`;
}

/** What fits on a screen; `--json` has all. */
const maxRows = 12;

function tableText(table: Table, report: Report): string {
  const rows = table.rows.slice(0, maxRows).map((row) =>
    table.columns.map(({ key, unit }) => {
      const value = row[key] ?? '';
      const currency = String(row.currency ?? report.currency);
      return typeof value === 'number' ? formatValue(value, unit, currency) : value;
    }),
  );
  const hidden = table.rows.length - rows.length;
  const more = hidden > 0 ? `\n… and ${hidden} more (--json has all)` : '';
  return `${table.title}\n${aligned([table.columns.map(({ label }) => label), ...rows])}${more}`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
