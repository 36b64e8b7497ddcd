import { Buffer } from 'node:buffer';
import { type REST, Routes } from 'discord.js';
import type { TakenMessage } from '../../store/outbox-queue.ts';
import { nonceOf } from './nonce.ts';

type Body = TakenMessage['message'];

/** Posts a message, or edits it where it is, and answers its id. */
export async function sendMessage(rest: REST, taken: TakenMessage, signal: AbortSignal): Promise<string> {
  const { id, message, messageId } = taken;
  const { files = [], ...shown } = message;
  const request = { files: files.map(({ name, bytes }) => ({ name, data: Buffer.from(bytes) })), signal };
  const body = { ...shown, ...attachments(files), allowed_mentions: { parse: [] } };
  const channelId = taken.direct ? await openDirect(rest, taken.channelId) : taken.channelId;
  if (messageId !== null) {
    await rest.patch(Routes.channelMessage(channelId, messageId), { ...request, body });
    return messageId;
  }
  const nonce = nonceOf(id);
  if (taken.uncertain) {
    const posted = await findPosted(rest, channelId, { nonce, since: taken.createdAt });
    if (posted !== null) return posted;
  }
  const made = await rest.post(Routes.channelMessages(channelId), {
    ...request,
    body: { ...body, nonce, enforce_nonce: true },
  });
  return idOf(made);
}

/** Names the new files alone, where there are any: those that a message has stay otherwise. */
function attachments(files: NonNullable<Body['files']>) {
  if (files.length === 0) return {};
  return { attachments: files.map(({ name, description }, id) => ({ id, filename: name, description })) };
}

async function openDirect(rest: REST, userId: string): Promise<string> {
  return idOf(await rest.post(Routes.userChannels(), { body: { recipient_id: userId } }));
}

const pageSize = 100;
const mostPages = 5;
const discordEpochMs = 1_420_070_400_000;
/** How far our clock may be ahead of Discord's. */
const aheadMs = 60_000;

/**
 * The message of that nonce, among those posted since: Discord itself knows a nonce for a few minutes only, and a process may be
 * down for longer between posting and remembering that it has.
 */
async function findPosted(
  rest: REST,
  channelId: string,
  { nonce, since }: { nonce: string; since: Date },
): Promise<string | null> {
  let after = String(BigInt(Math.max(0, since.getTime() - aheadMs - discordEpochMs)) << 22n);
  for (let page = 0; page < mostPages; page += 1) {
    const query = new URLSearchParams({ after, limit: String(pageSize) });
    const messages = await rest.get(Routes.channelMessages(channelId), { query });
    if (!Array.isArray(messages)) return null;
    const found: unknown = messages.find((message) => field(message, 'nonce') === nonce);
    if (found !== undefined) return idOf(found);
    if (messages.length < pageSize) return null;
    // The newest comes first.
    after = idOf(messages[0]);
  }
  return null;
}

function idOf(answer: unknown): string {
  return String(field(answer, 'id'));
}

function field(answer: unknown, name: string): unknown {
  return typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined;
}
