import { digestKeys, digestKinds } from '../../domain/digest.ts';
import type { Figure, Report } from '../../reports/report.ts';
import { formatValue } from '../format.ts';
import { byFigure, type Row, rowsOf } from './digest-values.ts';

/** What the history of each figure says of this week; nothing where there is too little of it. */
export function insightSentences(report: Report): string[] {
  const verdicts = rowsOf(report, 'judgements');
  if (verdicts.length === 0) return [];
  const unusual = digestKeys.filter((key) => verdicts.some((row) => row.figure === key && row.verdict === 'unusual'));
  const sentences = unusual.flatMap((key) => unusualSentence(key, report));
  const others = unusual.length > 0 ? 'All else' : 'Everything';
  const normal = verdicts.length > unusual.length ? [`${others} that can be judged is within its normal limits.`] : [];
  return [...sentences, ...normal];
}

function unusualSentence(key: (typeof digestKeys)[number], report: Report): string[] {
  const [figure] = byFigure(report, key);
  const limit = (name: string) => rowsOf(report, 'limits').find((row) => row.limit === name)?.[key];
  const [judged, lower, upper] = [limit('judged'), limit('lower'), limit('upper')];
  if (figure === undefined || !isNumber(judged) || !isNumber(lower) || !isNumber(upper)) return [];
  const text = (value: number) => inUnit(value, figure, report);
  const between = `normal would be ${text(lower)} to ${text(upper)}`;
  return digestKinds[key] === 'stock'
    ? [`**${figure.label}** changed unusually, by ${text(judged)}: ${between}.`]
    : [`**${figure.label}** is unusual, ${text(judged)}: ${between}.`];
}

/** A limit of what is counted needs a decimal, since it lies between whole numbers. */
function inUnit(value: number, { unit }: Figure, { currency }: Report): string {
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
