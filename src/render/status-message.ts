import type { APIEmbed } from 'discord.js';
import type { Status } from '../reports/status.ts';
import { discordTime } from './discord-time.ts';
import { formatCount } from './format.ts';
import { outsideName } from './outside-name.ts';
import { historyField, readingField, whopReadingField } from './reading-fields.ts';

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

function fieldsOf({ inbox, history, reading, whopReading, differences, troubles }: Reached) {
  return [
    ...inboxFields(inbox),
    ...troubleField(troubles),
    historyField(history),
    ...readingField(reading),
    ...whopReadingField(whopReading),
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
