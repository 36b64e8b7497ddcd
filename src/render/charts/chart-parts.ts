import type { Report } from '../../reports/report.ts';
import { dayRange } from './day-labels.ts';
import { font, theme } from './theme.ts';

export const layout = { padding: { top: 14, right: 32, bottom: 12, left: 18 } } as const;

export const legend = {
  align: 'start',
  labels: { color: theme.text, boxWidth: 14, boxHeight: 14, padding: 12, font: font('legend') },
} as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cut at whole characters. */
export function shortName(name: string, longest: number): string {
  const characters = Array.from(graphemes.segment(name), ({ segment }) => segment);
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : name;
}

export function title({ company }: Report) {
  return {
    display: true,
    align: 'start',
    text: shortName(company.name, 40),
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
