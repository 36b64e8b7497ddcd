import type { APIEmbed } from 'discord.js';
import type { HistoryStatus, Status } from '../reports/status.ts';
import { formatCount } from './format.ts';
import { outsideName } from './outside-name.ts';

const colors = { well: 0x2f9e8f, attention: 0xd97706 };

/** How the bot is, with what to do where something is wrong. Times are shown in each reader's own zone by Discord. */
export function statusMessage(status: Status, version: string): APIEmbed {
  const attention = !status.databaseReached || needsAttention(status);
  return {
    title: attention ? 'Tidewatch needs attention' : 'Tidewatch is well',
    color: attention ? colors.attention : colors.well,
    fields: [
      { name: 'Database', value: status.databaseReached ? 'reached' : 'not reached: figures are unavailable just now' },
      ...(status.databaseReached ? fieldsOf(status) : []),
      { name: 'Version', value: version },
    ],
  };
}

type Reached = Extract<Status, { databaseReached: true }>;

function needsAttention({ inbox, history, troubles }: Reached): boolean {
  return troubles.length > 0 || inbox.unread > 0 || inbox.lastReceivedAt === null || history.state === 'stopped';
}

function fieldsOf({ inbox, history, reading, differences, troubles }: Reached) {
  return [
    ...inboxFields(inbox),
    ...troubleField(troubles),
    historyField(history),
    ...readingField(reading),
    ...differenceField(differences),
  ];
}

function inboxFields({ lastReceivedAt, deliveries, unread }: Reached['inbox']) {
  return [
    { name: 'Last webhook', value: lastReceivedAt === null ? noWebhook : discordTime(lastReceivedAt) },
    { name: 'Deliveries', value: formatCount(deliveries) },
    { name: 'Not understood', value: unread === 0 ? 'none' : `${formatCount(unread)}, kept until they can be read` },
  ];
}

const noWebhook = 'none yet: add a webhook in Whop’s developer settings that points to `/webhooks/whop` here';

function historyField(history: HistoryStatus) {
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

function readingField(reading: Reached['reading']) {
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

/** At most three sentences, each shorter than a third of what a field holds. */
function differenceField(differences: readonly string[]) {
  if (differences.length === 0) return [];
  return [{ name: 'Compared with Whop', value: differences.map((one) => outsideName(one, 300)).join('\n') }];
}

/** As many as fit into what a field holds. */
const mostTroubles = 5;

function troubleField(troubles: Reached['troubles']) {
  if (troubles.length === 0) return [];
  const lines = troubles.slice(0, mostTroubles).map(({ channelId, problem, since, waiting }) => {
    const messages = waiting === 1 ? '1 message waits' : `${formatCount(waiting)} messages wait`;
    return `<#${channelId}> ${problemWords[problem]}, since ${discordTime(since)}; ${messages}`;
  });
  return [{ name: 'Channels not reached', value: lines.join('\n') }];
}

const problemWords: Readonly<Record<Reached['troubles'][number]['problem'], string>> = {
  missing: 'doesn’t exist any more: choose another one with `/setup`',
  forbidden: 'can’t be posted to: I need View Channel, Send Messages, Embed Links and Attach Files there',
};

function discordTime(at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `<t:${seconds}:R> (<t:${seconds}:f>)`;
}
