import type { Report } from '../../reports/report.ts';
import { formatChange, formatCount, formatDay } from '../format.ts';
import { outsideName } from '../outside-name.ts';
import { byFigure, counted, type Row, rowsOf, valueText } from './digest-values.ts';

const mostReasons = 4;

export function cameAndWent(report: Report): string[] {
  const reasons = rowsOf(report, 'cancel_options')
    .slice(0, mostReasons)
    .map(({ option, count }) => `${outsideName(reasonName(option))} (${formatCount(Number(count))})`);
  return [
    `${valueText(report, 'joined')} joined, ${valueText(report, 'left')} left.`,
    ...(reasons.length === 0 ? [] : [`Why they cancelled: ${reasons.join(', ')}.`]),
  ];
}

function reasonName(option: Row[string] | undefined): string {
  return option === 'unknown' ? 'no reason given' : String(option).replaceAll('_', ' ');
}

/** Engagement in a sentence; nothing where nothing of it is known. */
export function showsUp(report: Report): string[] {
  const [active] = byFigure(report, 'active_members');
  if (active === undefined || active.value === null || (active.value === 0 && active.previous === 0)) return [];
  const change = formatChange(active);
  const people = counted(active.value, 'person was', 'people were');
  const messages = byFigure(report, 'messages')[0]?.value ?? 0;
  const compared = change === '' ? '' : ` (${change})`;
  return [`${people} active${compared}; ${counted(messages, 'message was', 'messages were')} written.`];
}

const mostDeadlines = 4;

export function deadlineLines(report: Report): string[] {
  return rowsOf(report, 'deadlines').slice(0, mostDeadlines).map(deadlineLine);
}

function deadlineLine({ kind, due, count }: Row): string {
  const disputes = () => counted(Number(count), 'dispute waits', 'disputes wait');
  if (kind === 'disputes to answer') {
    return due === null || due === undefined
      ? `${disputes()} for an answer.`
      : `${disputes()} for an answer until ${formatDay(String(due))}.`;
  }
  return `${counted(Number(count), 'trial ends', 'trials end')} on ${formatDay(String(due))}.`;
}

const sources: Readonly<Record<string, string>> = { webhooks: 'newest webhook', memberships: 'newest membership' };

/** Times are shown in each reader's own zone by Discord. */
export function freshnessLine(report: Report): string[] {
  const known = rowsOf(report, 'freshness').map(({ source, as_of }) => {
    const seconds = Math.floor(Date.parse(String(as_of)) / 1000);
    return `${sources[String(source)] ?? source} <t:${seconds}:R>`;
  });
  const [first, ...others] = known;
  if (first === undefined) return [];
  return [`${[`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...others].join(', ')}.`];
}
