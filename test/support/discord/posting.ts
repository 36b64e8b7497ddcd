import type { APIMessage } from 'discord.js';
import { ApiError, unknownMessage } from './api-error.ts';
import { parseMessage } from './message-rules.ts';
import { newMessage, type StoredMessage, toApiMessage, write } from './messages.ts';
import { botUser } from './people.ts';
import type { Call, Route } from './rest-server.ts';
import { snowflake } from './snowflake.ts';

export type Posted = StoredMessage & { nonce: string | null };

/** What bots post to channels, and to people: by id of the channel, in the order of posting. */
export class FakePosting {
  readonly messages: Posted[] = [];
  /** Channels that answer with an error instead. */
  readonly refusals = new Map<string, ApiError>();
  readonly #directs = new Map<string, string>();
  /** Within "the past few minutes" Discord knows a nonce. */
  nonceMs = 180_000;

  readonly routes: Route[] = [
    { method: 'POST', path: /^\/users\/@me\/channels$/, auth: true, answer: (call) => this.#openDirect(call) },
    { method: 'POST', path: /^\/channels\/(\d+)\/messages$/, auth: true, answer: (call) => this.#post(call) },
    { method: 'GET', path: /^\/channels\/(\d+)\/messages$/, auth: true, answer: (call) => this.#list(call) },
    { method: 'PATCH', path: /^\/channels\/(\d+)\/messages\/(\d+)$/, auth: true, answer: (call) => this.#edit(call) },
  ];

  in(channelId: string): Posted[] {
    return this.messages.filter((message) => message.channelId === channelId && !message.deleted);
  }

  /** What a person was told alone. */
  toldTo(userId: string): Posted[] {
    return this.in(this.#directs.get(userId) ?? '');
  }

  #openDirect({ body }: Call): unknown {
    const { recipient_id } = Object(body.json);
    const userId = String(recipient_id);
    const id = this.#directs.get(userId) ?? snowflake();
    this.#directs.set(userId, id);
    return { id, type: 1 };
  }

  #post({ parameters: [channelId = ''], body }: Call): APIMessage {
    this.#checkAccess(channelId);
    const { nonce = null, enforce_nonce } = Object(body.json);
    if (nonce !== null && String(nonce).length > 25) throw new ApiError(400, 50035, 'Invalid Form Body');
    const known = enforce_nonce === true ? this.#knownNonce(channelId, nonce) : undefined;
    if (known) return shown(known);
    const message = { ...newMessage({ channelId, guildId: null, author: botUser('1') }, 0), nonce };
    write(message, parseMessage(body.json), body.uploads);
    this.messages.push(message);
    return shown(message);
  }

  #knownNonce(channelId: string, nonce: unknown): Posted | undefined {
    const since = Date.now() - this.nonceMs;
    return this.in(channelId).find((one) => one.nonce === nonce && one.createdAt.getTime() > since);
  }

  #edit({ parameters: [channelId = '', messageId], body }: Call): APIMessage {
    this.#checkAccess(channelId);
    const message = this.in(channelId).find(({ id }) => id === messageId);
    if (!message) throw unknownMessage();
    write(message, parseMessage(body.json), body.uploads);
    message.editedAt = new Date();
    return shown(message);
  }

  /** The oldest after `after`, the newest of them first. */
  #list({ parameters: [channelId = ''], query }: Call): APIMessage[] {
    this.#checkAccess(channelId);
    const after = BigInt(query.get('after') ?? 0);
    const later = this.in(channelId).filter(({ id }) => BigInt(id) > after);
    return later
      .slice(0, Number(query.get('limit') ?? 50))
      .reverse()
      .map(shown);
  }

  #checkAccess(channelId: string): void {
    const refusal = this.refusals.get(channelId);
    if (refusal) throw refusal;
  }
}

function shown(message: Posted): APIMessage {
  return { ...toApiMessage(message), ...(message.nonce === null ? {} : { nonce: message.nonce }) };
}
