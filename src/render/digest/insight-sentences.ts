import { type DigestKey, digestKeys, digestKinds } from '../../domain/digest.ts';
import type { Figure, Report } from '../../reports/report.ts';
import { formatValue } from '../format.ts';
import { byFigure, type Row, rowsOf, signed } from './digest-values.ts';

/** What the history of each figure says of this week; nothing where there is too little of it. */
export function insightSentences(report: Report): string[] {
  const judged = rowsOf(report, 'judgements');
  const of = (verdict: string) =>
    digestKeys.flatMap((key) => judged.filter((row) => row.figure === key && row.verdict === verdict));
  const [unusual, normal] = [of('unusual'), of('normal')];
  const labels = normal.map(({ label }) => String(label)).join(', ');
  return [
    ...unusual.flatMap((row) => unusualSentence(row, report)),
    ...(normal.length > 0 && unusual.length === 0 ? ['Nothing is unusual.'] : []),
    ...(normal.length > 0 ? [`Normal by their own history: ${labels}.`] : []),
  ];
}

function unusualSentence({ figure: key, weeks }: Row, report: Report): string[] {
  const known = digestKeys.find((one) => one === key);
  if (known === undefined) return [];
  const [figure] = byFigure(report, known);
  const limit = (name: string) => rowsOf(report, 'limits').find((row) => row.limit === name)?.[known];
  const [judged, lower, upper] = [limit('judged'), limit('lower'), limit('upper')];
  if (figure === undefined || !isNumber(judged) || !isNumber(lower) || !isNumber(upper)) return [];
  const text = (value: number) => (digestKinds[known] === 'stock' ? signed(value, inUnit) : inUnit(value));
  const inUnit = (value: number) => formatLimit(value, figure, report);
  const { from, to } = tellable({ lower, upper }, known, figure);
  const what = digestKinds[known] === 'stock' ? `a change of ${text(judged)}` : text(judged);
  const verdict = judged > upper ? 'high' : 'low';
  return [
    `**${figure.label}**: ${what} is unusually ${verdict}; by the ${weeks} weeks before, ${text(from)} to ${text(to)} is normal.`,
  ];
}

/** Whole numbers within the limits where there are any; and nothing below 0 of what is counted. */
function tellable(
  { lower, upper }: { lower: number; upper: number },
  key: DigestKey,
  { unit }: Figure,
): { from: number; to: number } {
  if (unit === 'money') return { from: lower, to: upper };
  const from = digestKinds[key] === 'stock' ? lower : Math.max(0, lower);
  if (unit !== 'count' || Math.ceil(from) > Math.floor(upper)) return { from, to: upper };
  return { from: Math.ceil(from), to: Math.floor(upper) };
}

/** A limit of what is counted needs a decimal where it lies between whole numbers. */
function formatLimit(value: number, { unit }: Figure, { currency }: Report): string {
  const isWhole = Number.isInteger(value);
  return formatValue(value, unit === 'count' && !isWhole ? 'number' : unit, currency);
}

function isNumber(value: Row[string] | undefined): value is number {
  return typeof value === 'number';
}

/** Which figures of the week before are something else than its digest said. */
export function restatedSentence(report: Report): string[] {
  const [told, now] = rowsOf(report, 'restated');
  const changes = digestKeys.flatMap((key) => {
    const [figure] = byFigure(report, key);
    const [was, is] = [told?.[key], now?.[key]];
    if (figure === undefined || !isNumber(was) || !isNumber(is)) return [];
    const text = (value: number) => formatValue(value, figure.unit, report.currency);
    return text(was) === text(is) ? [] : [`${figure.label} was ${text(was)} and is ${text(is)}`];
  });
  return changes.length === 0 ? [] : [`Of the week before, since its digest: ${changes.join('; ')}.`];
}
