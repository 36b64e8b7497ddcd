import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Figure, Report, Table } from '../reports/report.ts';
import { formatAsOf, formatChange, formatComparison, formatFigure, formatPeriod, formatValue } from './format.ts';
import { outsideName } from './outside-name.ts';

/** How a report is laid out in a message: which figures come first, which stand together, and which tables are shown. */
export type Layout = {
  title: string;
  headline: readonly string[];
  groups: readonly { title: string; figures: readonly string[] }[];
  tables: readonly string[];
  /** Of tables whose rows are read as text: which columns, in which order; of others the name and the amounts are shown. */
  lines?: Readonly<Record<string, readonly string[]>>;
};

export type ReportMessage = {
  embeds: APIEmbed[];
  files: { name: string; description: string; bytes: Uint8Array }[];
};

const accentColor = 0x2f9e8f;

/** Discord's limit of a field, and how many rows of a table are worth reading on a phone. */
const maxFieldCharacters = 1024;
const maxRows = 6;

/** A report as a Discord embed: headline figures with their change, the others in one block, tables, notes and the chart. */
export function reportMessage(report: Report, layout: Layout, pngs: readonly (Uint8Array | null)[]): ReportMessage {
  const embed: APIEmbed = {
    title: `${layout.title} · ${outsideName(report.company.name)}`,
    description: formatPeriod(report),
    color: accentColor,
    fields: [
      ...figuresOf(report, layout.headline).map((figure) => headlineField(figure, report)),
      ...layout.groups.map((group) => groupField(group.title, figuresOf(report, group.figures), report)),
      ...report.tables
        .filter(({ key }) => layout.tables.includes(key))
        .flatMap((table) => tableField(table, report, layout)),
      ...(report.notes.length > 0 ? [field('Notes', report.notes.map(outsideNote).join('\n'))] : []),
    ],
    footer: {
      text: [`As of ${formatAsOf(report)} (${report.timeZone})`, formatComparison(report)].filter(Boolean).join(' · '),
    },
    timestamp: report.asOf,
  };
  const description = `${layout.title}: ${formatPeriod(report)}`;
  const files = pngs
    .filter((png) => png !== null)
    .map((bytes, i) => ({ name: i === 0 ? `${report.name}.png` : `${report.name}-${i + 1}.png`, description, bytes }));
  const [first, ...others] = files.map(({ name }) => ({ image: { url: `attachment://${name}` } }));
  return { embeds: [{ ...embed, ...first }, ...others.map((image) => ({ ...image, color: accentColor }))], files };
}

function headlineField(figure: Figure, { currency }: Report): APIEmbedField {
  const change = formatChange(figure);
  const value = figure.value === null ? formatFigure(figure, currency) : `**${formatFigure(figure, currency)}**`;
  return { ...field(figure.label, change === '' ? value : `${value}\n${change}`), inline: true };
}

function figuresOf(report: Report, keys: readonly string[]): Figure[] {
  return keys.flatMap((key) => report.figures.find((figure) => figure.key === key) ?? []);
}

function groupField(title: string, figures: readonly Figure[], { currency }: Report): APIEmbedField {
  const lines = figures.map((figure) => {
    const change = formatChange(figure);
    return `${figure.label}: **${formatFigure(figure, currency)}**${change === '' ? '' : ` (${change})`}`;
  });
  return field(title, lines.join('\n'));
}

function tableField(table: Table, report: Report, { lines = {} }: Layout): APIEmbedField[] {
  if (table.rows.length === 0) return [];
  const columns = lines[table.key];
  const write = (row: Row) =>
    columns === undefined ? tableRow(row, table, report) : textRow(row, columns, table, report);
  const shown = table.rows.slice(0, maxRows).map(write);
  const hidden = table.rows.length - shown.length;
  return [field(table.title, [...shown, ...(hidden > 0 ? [`… and ${hidden} more`] : [])].join('\n'))];
}

type Row = Table['rows'][number];

function textRow(row: Row, keys: readonly string[], { columns }: Table, report: Report): string {
  const currency = String(row.currency ?? report.currency);
  const cells = keys.flatMap((key) => {
    const value = row[key] ?? null;
    const unit = columns.find((column) => column.key === key)?.unit ?? 'text';
    if (value === null) return [];
    return [typeof value === 'number' ? formatValue(value, unit, currency) : outsideName(value, 100)];
  });
  return `• ${cells.join(' · ')}`;
}

/** The row's name, then its amounts, also those that can't be converted: columns that only identify it are for machines. */
function tableRow(row: Row, { columns }: Table, report: Report): string {
  const currency = String(row.currency ?? report.currency);
  const name = columns.find(({ key, unit }) => unit === 'text' && !key.endsWith('_id'));
  const amounts = columns
    .filter(({ unit }) => unit !== 'text')
    .map(({ key, label, unit }) => `${label} ${cell(row[key], unit, currency)}`);
  const others = row.other_mrr ? [outsideName(String(row.other_mrr))] : [];
  return `${outsideName(String(row[name?.key ?? ''] ?? ''))}: ${[...amounts, ...others].join(' · ')}`;
}

function cell(value: string | number | null | undefined, unit: string, currency: string): string {
  return typeof value === 'number' ? formatValue(value, unit, currency) : 'not known';
}

function outsideNote(note: string): string {
  return `• ${outsideName(note, 300)}`;
}

function field(name: string, text: string): APIEmbedField {
  const cut = text.slice(0, maxFieldCharacters - 1).replace(/[\ud800-\udbff]$/, '');
  return { name, value: text.length > maxFieldCharacters ? `${cut}…` : text };
}
