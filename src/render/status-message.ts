import type { APIEmbed } from 'discord.js';
import type { Status } from '../reports/status.ts';
import { formatCount } from './format.ts';
import { outsideName } from './outside-name.ts';

const colors = { well: 0x2f9e8f, attention: 0xd97706 };

/** How the bot is, with what to do where something is wrong. Times are shown in each reader's own zone by Discord. */
export function statusMessage(status: Status, version: string): APIEmbed {
  const attention = !status.databaseReached || status.inbox.unread > 0 || status.inbox.lastReceivedAt === null;
  return {
    title: attention ? 'Tidewatch needs attention' : 'Tidewatch is well',
    color: attention ? colors.attention : colors.well,
    fields: [
      { name: 'Database', value: status.databaseReached ? 'reached' : 'not reached: figures are unavailable just now' },
      ...(status.databaseReached ? [...inboxFields(status.inbox), ...differenceField(status.differences)] : []),
      { name: 'Version', value: version },
    ],
  };
}

function inboxFields({ lastReceivedAt, deliveries, unread }: Extract<Status, { databaseReached: true }>['inbox']) {
  return [
    { name: 'Last webhook', value: lastReceivedAt === null ? noWebhook : discordTime(lastReceivedAt) },
    { name: 'Deliveries', value: formatCount(deliveries) },
    { name: 'Not understood', value: unread === 0 ? 'none' : `${formatCount(unread)}, kept until they can be read` },
  ];
}

/** At most three sentences, each shorter than a third of what a field holds. */
function differenceField(differences: readonly string[]) {
  if (differences.length === 0) return [];
  return [{ name: 'Compared with Whop', value: differences.map((one) => outsideName(one, 300)).join('\n') }];
}

const noWebhook = 'none yet: add a webhook in Whop’s developer settings that points to `/webhooks/whop` here';

function discordTime(at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `<t:${seconds}:R> (<t:${seconds}:f>)`;
}
