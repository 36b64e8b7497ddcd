import type { APIEmbed } from 'discord.js';
import type { Reply } from '../../discord/command.ts';
import type { ScreenMessage } from './wire.ts';

export type Post = Reply & { content?: string };

export type Chat = {
  /** A new message of the bot's; who looks at the page sees it at once, unless it is for the asker alone. */
  post(head: Pick<ScreenMessage, 'channelId' | 'at' | 'used' | 'ephemeral'>, post: Post): ScreenMessage;
  /** Puts other contents in place of a message's; undefined where there is no such message. */
  edit(id: string, post: Post): ScreenMessage | undefined;
  /** As `edit`, but files that it has stay where the post brings none. */
  amend(id: string, post: Post): ScreenMessage | undefined;
  find(id: string): ScreenMessage | undefined;
  /** What everybody sees, the oldest first. */
  messages(): ScreenMessage[];
  /** A file of a message as it is now. */
  file(url: string): Uint8Array | undefined;
};

/** A page that stays open for days shouldn't keep every picture. */
const kept = 300;

type Kept = { message: ScreenMessage; files: ReadonlyMap<string, Uint8Array> };

/** What was said, in memory. */
export function createChat(onMessage: (message: ScreenMessage) => void): Chat {
  const all = new Map<string, Kept>();
  let count = 0;

  function keep(head: Omit<ScreenMessage, 'content' | 'embeds' | 'components' | 'files'>, post: Post): ScreenMessage {
    count += 1;
    const { message, files } = drawn(head, post, `/files/${count}`);
    all.set(message.id, { message, files });
    for (const id of [...all.keys()].slice(0, Math.max(0, all.size - kept))) all.delete(id);
    if (!message.ephemeral) onMessage(message);
    return message;
  }

  return {
    post: (head, post) => keep({ ...head, id: `m${count + 1}` }, post),
    edit: (id, post) => {
      const known = all.get(id);
      return known && keep(known.message, post);
    },
    amend: (id, post) => {
      const known = all.get(id);
      return known && keep(known.message, post.files?.length ? post : { ...post, files: filesOf(known) });
    },
    find: (id) => all.get(id)?.message,
    messages: () => [...all.values()].map(({ message }) => message).filter(({ ephemeral }) => !ephemeral),
    file: (url) => [...all.values()].map(({ files }) => files.get(url)).find((bytes) => bytes !== undefined),
  };
}

function filesOf({ message, files }: Kept): NonNullable<Post['files']> {
  return message.files.flatMap(({ url, name, description }) => {
    const bytes = files.get(url);
    return bytes === undefined ? [] : [{ name, description, bytes }];
  });
}

/** Its pictures get addresses of their own, since an edited message has others. */
function drawn(head: Omit<ScreenMessage, 'content' | 'embeds' | 'components' | 'files'>, post: Post, folder: string) {
  const files = (post.files ?? []).map(({ bytes, ...file }) => ({ ...file, bytes, url: `${folder}/${file.name}` }));
  const message: ScreenMessage = {
    id: head.id,
    channelId: head.channelId,
    at: head.at,
    used: head.used,
    ephemeral: head.ephemeral,
    content: post.content ?? '',
    embeds: (post.embeds ?? []).map((embed) => withAddresses(embed, folder)),
    components: post.components ?? [],
    files: files.map(({ url, name, description }) => ({ url, name, description })),
  };
  return { message, files: new Map(files.map(({ url, bytes }) => [url, bytes])) };
}

function withAddresses(embed: APIEmbed, folder: string): APIEmbed {
  const { image, thumbnail } = embed;
  return {
    ...embed,
    ...(image && { image: { ...image, url: addressOf(image.url, folder) } }),
    ...(thumbnail && { thumbnail: { ...thumbnail, url: addressOf(thumbnail.url, folder) } }),
  };
}

function addressOf(url: string, folder: string): string {
  return url.replace(/^attachment:\//, folder);
}
