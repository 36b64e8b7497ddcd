import type { Reader } from '../reader.ts';
import type { Resource } from './resources.ts';

type List = Pick<Resource, 'name' | 'permission' | 'list'>;

/** Places where people meet on Whop, and what they do there. */
export type ChatSource = {
  kind: 'message' | 'forum_post';
  /** Of the company. */
  places: List;
  /** The id that activities name the place by. */
  placeOf(row: Reader): string | null | undefined;
  /** Of one place, newest first; neither can be asked for by time. */
  activities: List;
};

export const chatSources: readonly ChatSource[] = [
  {
    kind: 'message',
    places: {
      name: 'chat_channels',
      permission: 'chat:read',
      list: ({ chatChannels }, company_id, page, options) => chatChannels.list({ company_id, ...page }, options),
    },
    placeOf: (channel) => channel.text('id'),
    activities: {
      name: 'messages',
      permission: 'chat:read',
      list: ({ messages }, channel_id, page, options) =>
        messages.list({ channel_id, direction: 'desc', ...page }, options),
    },
  },
  {
    kind: 'forum_post',
    places: {
      name: 'forums',
      permission: 'forum:read',
      list: ({ forums }, company_id, page, options) => forums.list({ company_id, ...page }, options),
    },
    placeOf: (forum) => forum.reference('experience'),
    activities: {
      name: 'forum_posts',
      permission: 'forum:read',
      list: ({ forumPosts }, experience_id, page, options) => forumPosts.list({ experience_id, ...page }, options),
    },
  },
];
