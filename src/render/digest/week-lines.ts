import type { Report } from '../../reports/report.ts';
import { formatChange, formatCount, formatDay } from '../format.ts';
import { outsideName } from '../outside-name.ts';
import { byFigure, counted, type Row, rowsOf, valueText } from './digest-values.ts';

const mostReasons = 4;

/** How many joined and left, to staff also who, and why people cancelled. */
export function cameAndWent(report: Report, isStaff: boolean): string[] {
  const reasons = rowsOf(report, 'cancel_options')
    .slice(0, mostReasons)
    .map(({ option, count }) => `${outsideName(reasonName(option))} (${formatCount(Number(count))})`);
  return [
    movedPeople(report),
    ...(isStaff ? [...nameLine('Joined', 'joined', report), ...nameLine('Left', 'left', report)] : []),
    ...(reasons.length === 0 ? [] : [`Why they cancelled: ${reasons.join(', ')}.`]),
  ];
}

/** `9 joined, 8 left; the week before it was 12 and 5.` */
function movedPeople(report: Report): string {
  const [joined, left] = ['joined', 'left'].map((key) => byFigure(report, key)[0]?.previous ?? null);
  const now = `${valueText(report, 'joined')} joined, ${valueText(report, 'left')} left`;
  if (joined === null || joined === undefined || left === null || left === undefined) return `${now}.`;
  return `${now}; the week before it was ${formatCount(joined)} and ${formatCount(left)}.`;
}

/** `Left: ada (too expensive), grace and 3 more.` */
function nameLine(word: string, change: 'joined' | 'left', report: Report): string[] {
  const rows = rowsOf(report, 'member_changes').filter((row) => row.change === change);
  if (rows.length === 0) return [];
  const names = rows.map(({ customer, reason }) => {
    const name = outsideName(String(customer), 40);
    return typeof reason === 'string' ? `${name} (${outsideName(reasonName(reason))})` : name;
  });
  const more = (byFigure(report, change)[0]?.value ?? 0) - rows.length;
  return [`${word}: ${names.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}.`];
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

const mostDays = 4;

/** What waits for an answer, and what ends, each on a line. */
export function deadlineLines(report: Report): string[] {
  const rows = rowsOf(report, 'deadlines');
  const of = (wanted: string) => rows.filter(({ kind }) => kind === wanted);
  return [
    ...dueLine('Disputes to answer', of('disputes to answer'), 'by'),
    ...dueLine('Trials that end', of('trials ending'), 'on'),
  ];
}

function dueLine(what: string, rows: readonly Row[], word: 'by' | 'on'): string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostDays).map(({ due, count }) => {
    const day = typeof due === 'string' ? `${word} ${formatDay(due)}` : 'without a known day';
    return `${formatCount(Number(count))} ${day}`;
  });
  const more = rows.slice(mostDays).reduce((sum, { count }) => sum + Number(count), 0);
  return [`${what}: ${[...shown, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join('; ')}.`];
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
