import type { HistoryStatus, Status } from '../reports/status.ts';
import { discordTime } from './discord-time.ts';
import { formatCount } from './format.ts';
import { outsideName } from './outside-name.ts';

type Reached = Extract<Status, { databaseReached: true }>;

export function historyField(history: HistoryStatus) {
  return { name: 'History from Whop', value: historyText(history) };
}

/** A field of Discord's holds 1024 characters. */
const longestReason = 600;

function historyText(history: HistoryStatus): string {
  if (history.state === 'not begun') return notBegun;
  if (history.state === 'stopped') {
    const reason = outsideName(history.reason, longestReason);
    return `stopped ${discordTime(history.at)}, with \`WHOP_API_KEY\` set tried again every hour: ${reason}`;
  }
  if (history.state === 'complete') {
    const unread = history.unread === 0 ? '' : `, ${formatCount(history.unread)} of them not understood`;
    return `complete since ${discordTime(history.at)}: ${countRows(history.rows)}${unread}`;
  }
  const { state, list, rows } = history;
  const where = `${list === null ? '' : `${list.replaceAll('_', ' ')}, `}${countRows(rows)} so far`;
  return state === 'reading' ? `being read: ${where}` : `interrupted: ${where}; it goes on where it was`;
}

const notBegun =
  'not read yet, so that figures begin with the first webhook; with `WHOP_API_KEY` set it is read by itself';

function countRows(rows: number): string {
  return rows === 1 ? '1 row' : `${formatCount(rows)} rows`;
}

const namesShown = 3;

export function readingField(reading: Reached['reading']) {
  if (reading === null) return [];
  const { channels, reached, refused } = reading;
  const isDone = reached === channels;
  const far = isDone
    ? 'read up to the present'
    : `being read: ${formatCount(reached)} of ${formatCount(channels)} channels`;
  const names = reading.reading.slice(0, namesShown).map((name) => outsideName(name));
  const where = isDone || names.length === 0 ? '' : `, just now ${names.join(', ')}`;
  const not =
    refused === 0
      ? ''
      : `; ${formatCount(refused)} can’t be read: the bot needs View Channel and Read Message History there`;
  return [
    { name: 'Messages in Discord', value: `${far}${where}, ${formatCount(reading.messages)} messages so far${not}` },
  ];
}

export function whopReadingField(reading: Reached['whopReading']) {
  if (reading === null) return [];
  const refusals = reading.refusals.map((refusal) => outsideName(refusal, longestRefusal));
  return [{ name: 'Chats and forums on Whop', value: [whopReadingText(reading), ...refusals].join('\n') }];
}

/** One of chats and one of forums, escaped, fit into what a field holds. */
const longestRefusal = 220;

function whopReadingText({ readTo, reached, begun }: NonNullable<Reached['whopReading']>): string {
  const known = reached + begun;
  if (readTo === null) {
    return known === 0 ? 'not read yet' : `being read: ${formatCount(reached)} of ${formatCount(known)} so far`;
  }
  const first = begun === 0 ? '' : `, ${formatCount(begun)} of them for the first time just now`;
  return `read to ${discordTime(readTo)}: ${formatCount(known)}${first}`;
}
