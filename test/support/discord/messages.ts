import type { Buffer } from 'node:buffer';
import { type APIAllowedMentions, type APIMessage, type APIUser, MessageType } from 'discord.js';
import { ApiError, emptyMessage, fileNotFound } from './api-error.ts';
import { type MessageBody, valuesOf } from './message-rules.ts';
import { snowflake } from './snowflake.ts';

export type Upload = { index: string; name: string; contentType: string; bytes: Buffer };
export type StoredFile = { id: string; name: string; description: string | null; contentType: string; bytes: Buffer };

export type StoredMessage = {
  id: string;
  channelId: string;
  guildId: string | null;
  author: APIUser;
  content: string;
  embeds: NonNullable<MessageBody['embeds']>;
  components: NonNullable<MessageBody['components']>;
  files: StoredFile[];
  flags: number;
  allowedMentions: APIAllowedMentions | null;
  createdAt: Date;
  editedAt: Date | null;
  deleted: boolean;
};

type Place = Pick<StoredMessage, 'channelId' | 'guildId' | 'author'>;

export function newMessage(place: Place, flags: number): StoredMessage {
  return {
    ...place,
    id: snowflake(),
    content: '',
    embeds: [],
    components: [],
    files: [],
    flags,
    allowedMentions: null,
    createdAt: new Date(),
    editedAt: null,
    deleted: false,
  };
}

/** Writes what the body names, and leaves the rest as it is. */
export function write(message: StoredMessage, body: MessageBody, uploads: readonly Upload[]): void {
  const files = filesAfter(message.files, body, uploads);
  const content = body.content === undefined ? message.content : (body.content ?? '');
  const embeds = body.embeds ?? (body.embeds === null ? [] : message.embeds);
  const components = body.components ?? (body.components === null ? [] : message.components);
  if (!content && embeds.length + components.length + files.length === 0) throw emptyMessage();
  checkReferences([body.embeds, body.components], files);
  Object.assign(message, { content, embeds, components, files, allowedMentions: body.allowed_mentions ?? null });
}

/** Where `attachments` is given it lists what stays and what is new; without it, new files are added. */
function filesAfter(before: StoredFile[], { attachments }: MessageBody, uploads: readonly Upload[]): StoredFile[] {
  if (attachments === undefined) return [...before, ...uploads.map((upload) => store(upload, undefined))];
  return (attachments ?? []).map((listed) => {
    const upload = uploads.find(({ index }) => index === String(listed.id));
    if (upload) return store(upload, listed.description, listed.filename);
    const kept = before.find(({ id }) => id === String(listed.id));
    if (!kept) throw fileNotFound();
    return { ...kept, description: listed.description ?? kept.description };
  });
}

function store(upload: Upload, description: string | undefined, filename = upload.name): StoredFile {
  const { contentType, bytes } = upload;
  return { id: snowflake(), name: filename.replaceAll(' ', '_'), description: description ?? null, contentType, bytes };
}

function checkReferences(parts: unknown, files: StoredFile[]): void {
  const names = new Set<unknown>(files.map(({ name }) => `attachment://${name}`));
  const missing = valuesOf(parts, 'url').find((url) => String(url).startsWith('attachment://') && !names.has(url));
  if (missing === undefined) return;
  const error = { code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message: `${missing} was not found` };
  throw new ApiError(400, 50035, 'Invalid Form Body', { embeds: { _errors: [error] } });
}

/** As the API and the gateway show it; a file that an embed shows isn't listed again. */
export function toApiMessage(message: StoredMessage): APIMessage {
  const shown = new Set(valuesOf([message.embeds, message.components], 'url'));
  return {
    id: message.id,
    channel_id: message.channelId,
    author: message.author,
    content: message.content,
    timestamp: message.createdAt.toISOString(),
    edited_timestamp: message.editedAt?.toISOString() ?? null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: message.files
      .filter(({ name }) => !shown.has(`attachment://${name}`))
      .map(({ id, name, contentType, bytes }) => ({
        id,
        filename: name,
        content_type: contentType,
        size: bytes.length,
        url: cdnUrl(message, id, name),
        proxy_url: cdnUrl(message, id, name),
      })),
    embeds: message.embeds.map((embed) => withCdnImage(message, embed)),
    components: message.components,
    pinned: false,
    type: MessageType.ChatInputCommand,
    flags: message.flags,
  };
}

function withCdnImage(message: StoredMessage, embed: StoredMessage['embeds'][number]): StoredMessage['embeds'][number] {
  const file = message.files.find(({ name }) => embed.image?.url === `attachment://${name}`);
  return file ? { ...embed, image: { url: cdnUrl(message, file.id, file.name) } } : embed;
}

function cdnUrl({ channelId }: StoredMessage, id: string, name: string): string {
  return `https://cdn.discordapp.com/attachments/${channelId}/${id}/${name}`;
}
