import {
  type APIMessage,
  type APIOverwrite,
  type APIThreadChannel,
  type APIUser,
  ChannelType,
  type GatewayMessageCreateDispatchData,
  type GuildChannelType,
  MessageType,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord.js';
import { ApiError } from './api-error.ts';
import { NO_FLAGS } from './people.ts';
import type { Route } from './rest-server.ts';

export type FakePost = Pick<APIMessage, 'id' | 'type' | 'author'> & { content: string; webhookId?: string };

export type FakeChannel = {
  id: string;
  guildId: string;
  type: GuildChannelType;
  name: string;
  /** Of a thread. */
  parentId: string | null;
  /** Oldest first. */
  posts: FakePost[];
  archivedAt: Date | null;
  /** Whether the bot sees it. */
  isHidden: boolean;
  /** Whether the bot may not read what was written before. */
  hidesHistory: boolean;
};

const threadTypes: ReadonlySet<ChannelType> = new Set([ChannelType.PublicThread, ChannelType.PrivateThread]);

export function isThread({ type }: FakeChannel): boolean {
  return threadTypes.has(type);
}

/** A channel as the gateway and the API tell of it, but for what nobody here asks for. */
export function channelPayload(channel: FakeChannel) {
  const { id, guildId, type, name, parentId, posts, isHidden, hidesHistory } = channel;
  const common = { id, guild_id: guildId, type, name, last_message_id: posts.at(-1)?.id ?? null, flags: NO_FLAGS };
  if (isThread(channel)) return { ...common, ...threadParts(channel) };
  const hide: APIOverwrite = {
    id: guildId,
    type: OverwriteType.Role,
    allow: '0',
    deny: String(isHidden ? PermissionFlagsBits.ViewChannel : PermissionFlagsBits.ReadMessageHistory),
  };
  return {
    ...common,
    parent_id: parentId,
    position: 0,
    permission_overwrites: isHidden || hidesHistory ? [hide] : [],
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
  };
}

function threadParts({ parentId, archivedAt, posts }: FakeChannel): Partial<APIThreadChannel> {
  return {
    ...(parentId !== null && { parent_id: parentId }),
    owner_id: '1',
    message_count: posts.length,
    member_count: 1,
    total_message_sent: posts.length,
    applied_tags: [],
    thread_metadata: {
      archived: archivedAt !== null,
      auto_archive_duration: 60,
      archive_timestamp: (archivedAt ?? new Date()).toISOString(),
      locked: false,
    },
  };
}

/** As a bot without the intent for it sees a message: its text is empty unless the bot is mentioned. */
export function messagePayload({ id: channelId, guildId }: FakeChannel, post: FakePost, bot: APIUser) {
  const isMentioned = post.content.includes(`<@${bot.id}>`);
  const payload: Omit<GatewayMessageCreateDispatchData, 'member'> = {
    id: post.id,
    channel_id: channelId,
    guild_id: guildId,
    type: post.type,
    author: post.author,
    content: isMentioned ? post.content : '',
    timestamp: new Date(Number(BigInt(post.id) >> 22n) + 1_420_070_400_000).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: isMentioned ? [bot] : [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: NO_FLAGS,
    ...(post.webhookId !== undefined && { webhook_id: post.webhookId }),
  };
  return payload;
}

export function person(id: string): APIUser {
  return { id, username: `user-${id}`, discriminator: '0', global_name: null, avatar: null };
}

export function post(id: string, authorId: string, content: string): FakePost {
  return { id, type: MessageType.Default, author: person(authorId), content };
}

type World = { find(channelId: string): FakeChannel | undefined; all(): FakeChannel[]; bot: APIUser };

/** What a bot may ask about channels: their messages, themselves, their archived threads. */
export function channelRoutes({ find, all, bot }: World): Route[] {
  const seen = (id = ''): FakeChannel => {
    const channel = find(id);
    if (channel === undefined) throw new ApiError(404, 10003, 'Unknown Channel');
    if (channel.isHidden) throw new ApiError(403, 50001, 'Missing Access');
    return channel;
  };
  const archived = (parentId: string, before: string) =>
    all()
      .filter((one) => one.parentId === parentId && one.archivedAt !== null && one.archivedAt.toISOString() < before)
      .sort((a, b) => Number(b.archivedAt) - Number(a.archivedAt));
  return [
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/messages$/,
      auth: true,
      answer: ({ parameters: [id], query }) => {
        const channel = seen(id);
        return messagesAfter(channel, query).map((one) => messagePayload(channel, one, bot));
      },
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)$/,
      auth: true,
      answer: ({ parameters: [id] }) => channelPayload(seen(id)),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+)\/threads\/archived\/public$/,
      auth: true,
      answer: ({ parameters: [id], query }) => {
        const found = archived(seen(id).id, query.get('before') ?? '9');
        const limit = Number(query.get('limit') ?? 50);
        return { threads: found.slice(0, limit).map(channelPayload), members: [], has_more: found.length > limit };
      },
    },
  ];
}

/** Those that come next after one, newest first. */
function messagesAfter({ posts }: FakeChannel, query: URLSearchParams): FakePost[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!(limit >= 1 && limit <= 100)) throw new ApiError(400, 50035, 'Invalid Form Body');
  const after = query.get('after');
  if (after === null) return posts.slice(-limit).reverse();
  const first = posts.findIndex(({ id }) => BigInt(id) > BigInt(after));
  return first === -1 ? [] : posts.slice(first, first + limit).reverse();
}
