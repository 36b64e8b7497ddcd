import { platforms } from '../../domain/activity.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { createAccountLinks } from '../../ingest/links/account-links.ts';
import { company } from '../catalogue.ts';
import type { SampleMessage } from './messages.ts';

type Parts = {
  ingest: Pick<Ingest, 'recordActivities' | 'recordChannels'>;
  links: Pick<ReturnType<typeof createAccountLinks>, 'link'>;
};

/** How many are committed together. */
const mostAtOnce = 1000;

/** Stores messages as those of Discord and of Whop are; who writes in Discord has said before who they are on Whop. */
export function createMessageRecorder(parts: Parts): (messages: readonly SampleMessage[]) => Promise<void> {
  const linked = new Set<string>();
  return async (messages) => {
    for (const { person, platform, accountId, at } of messages) {
      if (platform !== 'discord' || linked.has(accountId)) continue;
      linked.add(accountId);
      const link = { discordUserId: accountId, whopUserId: person.userId, source: 'whop', linkedAt: at } as const;
      await parts.links.link(company.id, link);
    }
    for (let first = 0; first < messages.length; first += mostAtOnce) {
      await recordTogether(messages.slice(first, first + mostAtOnce), parts);
    }
  };
}

async function recordTogether(messages: readonly SampleMessage[], { ingest }: Parts): Promise<void> {
  for (const platform of platforms) {
    const own = messages.filter((message) => message.platform === platform);
    const activities = own.map(({ at, id, accountId, channel }) => {
      return {
        companyId: company.id,
        platform,
        kind: 'message',
        id,
        at,
        accountId,
        channelId: channel.id,
        seconds: 0,
      } as const;
    });
    const channels = own.map(({ channel: { id, name } }) => ({ id, name }));
    await ingest.recordChannels({ companyId: company.id, platform, channels });
    await ingest.recordActivities({ companyId: company.id, platform, activities });
  }
}
