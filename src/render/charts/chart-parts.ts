import { minorDigits } from '../../domain/money.ts';
import type { Report } from '../../reports/report.ts';
import { dayRange } from './day-labels.ts';
import { niceScale } from './nice-scale.ts';
import { font, theme } from './theme.ts';

/** For a figure in a legend: $12.4K. */
export function shortMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { ...compactMoney(currency), maximumSignificantDigits: 3 });
  return isIntlCurrency(currency) ? format.format(amount) : `${format.format(amount)} ${currency}`;
}

function compactMoney(currency: string): Intl.NumberFormatOptions {
  const compact = { notation: 'compact' } as const;
  return isIntlCurrency(currency) ? { style: 'currency', currency, ...compact } : compact;
}

/** Intl refuses longer codes, such as USDC. */
function isIntlCurrency(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency);
}

const panel = { type: 'linear', position: 'left', stack: 'panels', border: { display: false } } as const;

type Panel = { currency: string; values: number[]; intervals: number; color: string };

/** A panel of its own with round steps from zero; the height goes by the steps. `ticks.format` is for Intl. */
export function moneyPanel({ currency, values, intervals, color }: Panel) {
  const { min, max, stepSize } = niceScale(values, intervals);
  const maximumFractionDigits = Math.max(2, minorDigits(currency));
  const format = { ...compactMoney(currency), minimumFractionDigits: 0, maximumFractionDigits };
  return {
    ...panel,
    // Room for the highest label. (A spacer axis instead would narrow the others until their labels are cut off.)
    max: max + 0.6 * stepSize,
    // Suggested, because between two fixed ends Chart.js divides evenly instead of taking the step.
    suggestedMin: min,
    stackWeight: intervals,
    grid: { color: theme.grid, drawTicks: false },
    ticks: { color, padding: 8, stepSize, includeBounds: false, autoSkip: false, font: font('tick'), format },
  } as const;
}

export const dayAxis = {
  type: 'category',
  offset: true,
  border: { color: theme.grid },
  grid: { display: false },
  // The labels leave out most days themselves.
  ticks: { color: theme.muted, autoSkip: false, maxRotation: 0, font: font('tick') },
} as const;

export const legend = {
  align: 'start',
  labels: { color: theme.text, boxWidth: 14, boxHeight: 14, padding: 12, font: font('legend') },
} as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const longestName = 40;

export function title({ company }: Report) {
  const name = Array.from(graphemes.segment(company.name), ({ segment }) => segment);
  const text = name.length > longestName ? `${name.slice(0, longestName - 1).join('')}…` : company.name;
  return {
    display: true,
    align: 'start',
    text,
    color: theme.text,
    padding: { bottom: 4 },
    font: font('title'),
  } as const;
}

export function subtitle({ series, asOf, timeZone }: Report, what: string) {
  const days = series[0]?.points ?? [];
  const [first, last] = [days.at(0), days.at(-1)];
  const time = new Intl.DateTimeFormat('en-US', {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  });
  const text = [
    first && last ? `${what} · ${dayRange(first.day, last.day)}` : what,
    `${timeZone}, as of ${time.format(new Date(asOf))}`,
  ];
  return { ...block, text };
}

const block = {
  display: true,
  align: 'start',
  color: theme.muted,
  padding: { bottom: 4 },
  font: font('subtitle'),
} as const;
