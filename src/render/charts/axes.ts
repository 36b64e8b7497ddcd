import { minorDigits } from '../../domain/money.ts';
import { compactMoney } from './money-label.ts';
import { niceScale, type Scale } from './nice-scale.ts';
import { font, theme } from './theme.ts';

type Panel = { values: number[]; intervals: number; color: string };

/** A panel of its own with round steps from zero; the height goes by the steps. */
export function moneyPanel({ values, intervals, color }: Panel, currency: string) {
  const maximumFractionDigits = Math.max(2, minorDigits(currency));
  const format = { ...compactMoney(currency), minimumFractionDigits: 0, maximumFractionDigits };
  return panel(niceScale(values, intervals), { intervals, color, format });
}

/** The same for what is counted: no half people between the steps. */
export function countPanel({ values, intervals, color }: Panel) {
  const format = { notation: 'compact', maximumFractionDigits: 2 } as const;
  return panel(niceScale(values, intervals, 'whole'), { intervals, color, format });
}

/** The same for shares of 0–1. */
export function sharePanel({ values, intervals, color }: Panel) {
  const format = { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: 1 } as const;
  return panel(niceScale(values, intervals), { intervals, color, format });
}

type Look = { intervals: number; color: string; format: Intl.NumberFormatOptions };

/** `ticks.format` is for Intl. */
function panel({ min, max, stepSize }: Scale, { intervals, color, format }: Look) {
  return {
    type: 'linear',
    position: 'left',
    stack: 'panels',
    border: { display: false },
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

/** Places for names or written values; what they stand beside is drawn by others. */
export function textAxis(labels: string[] | string[][], color: string | string[]) {
  return {
    type: 'category',
    labels,
    offset: true,
    border: { display: false },
    grid: { display: false, drawTicks: false },
    ticks: { color, autoSkip: false, maxRotation: 0, font: font('tick') },
  } as const;
}
