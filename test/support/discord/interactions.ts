import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type APIApplicationCommandOptionChoice, type APIUser, InteractionResponseType } from 'discord.js';
import { z } from 'zod';
import {
  ApiError,
  alreadyAcknowledged,
  checkForm,
  invalidWebhookToken,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './api-error.ts';
import type { Body } from './body.ts';
import { EPHEMERAL, LOADING, PANEL } from './message-flags.ts';
import { parseMessage } from './message-rules.ts';
import { newMessage, type StoredMessage, write } from './messages.ts';
import { snowflake } from './snowflake.ts';

const FIRST_RESPONSE_MS = 3000;
const TOKEN_MS = 15 * 60 * 1000;

export type InteractionSeed = {
  channelId: string;
  guildId: string | null;
  bot: APIUser;
  /** The message whose button was pressed. */
  source: StoredMessage | null;
  /** Undefined: now. */
  at: number | undefined;
};

const callback = z.discriminatedUnion('type', [
  z.object({ type: z.literal(InteractionResponseType.ChannelMessageWithSource), data: z.unknown() }),
  z.object({
    type: z.literal(InteractionResponseType.DeferredChannelMessageWithSource),
    data: z.object({ flags: z.number().optional() }).optional(),
  }),
  z.object({ type: z.literal(InteractionResponseType.DeferredMessageUpdate) }),
  z.object({ type: z.literal(InteractionResponseType.UpdateMessage), data: z.unknown() }),
  z.object({
    type: z.literal(InteractionResponseType.ApplicationCommandAutocompleteResult),
    data: z.object({ choices: z.array(z.custom<APIApplicationCommandOptionChoice>()).max(25) }),
  }),
  z.object({ type: z.literal(InteractionResponseType.Modal), data: z.unknown() }),
]);

/** One interaction as Discord keeps it: when it was acknowledged, and the messages that answer it. */
export class FakeInteraction {
  readonly id: string;
  readonly token = randomBytes(64).toString('base64url');
  readonly seed: InteractionSeed;
  readonly #createdAt = performance.now();
  readonly #changes = new EventEmitter();
  acknowledgedAfterMs: number | null = null;
  /** What `@original` names. */
  original: StoredMessage | null = null;
  choices: readonly APIApplicationCommandOptionChoice[] | null = null;
  /** The message that was written last, once there is one. */
  shown: StoredMessage | null = null;
  readonly #followUps: StoredMessage[] = [];
  expired = false;

  constructor(seed: InteractionSeed) {
    this.id = snowflake(seed.at);
    this.seed = seed;
  }

  get ageMs(): number {
    return performance.now() - this.#createdAt;
  }

  /** The first response: once, and within 3 s. */
  respond({ json, uploads }: Body): void {
    if (this.acknowledgedAfterMs !== null) throw alreadyAcknowledged();
    if (this.ageMs > FIRST_RESPONSE_MS || this.expired) throw unknownInteraction();
    checkForm(callback, json);
    const response = callback.parse(json);
    const { source } = this.seed;
    if (response.type === InteractionResponseType.ChannelMessageWithSource) {
      this.original = this.#post({ json: response.data, uploads });
    } else if (response.type === InteractionResponseType.DeferredChannelMessageWithSource) {
      this.original = newMessage(this.#place(), ((response.data?.flags ?? 0) & EPHEMERAL) | LOADING);
    } else if (response.type === InteractionResponseType.ApplicationCommandAutocompleteResult) {
      this.choices = response.data.choices;
    } else if (response.type !== InteractionResponseType.Modal) {
      if (!source) throw new ApiError(400, 50035, 'Invalid Form Body');
      this.original = source;
      if (response.type === InteractionResponseType.UpdateMessage) this.#edit(source, { json: response.data, uploads });
    }
    this.acknowledgedAfterMs = this.ageMs;
    this.#changes.emit('change');
  }

  find(messageId: string): StoredMessage {
    this.#checkToken();
    const known = this.original ? [this.original, ...this.#followUps] : this.#followUps;
    const message = messageId === '@original' ? this.original : known.find(({ id }) => id === messageId);
    if (!message || message.deleted) throw unknownMessage();
    return message;
  }

  edit(messageId: string, body: Body): StoredMessage {
    return this.#edit(this.find(messageId), body);
  }

  /** The first one after a deferred reply takes its place, whatever flags it asks for. */
  followUp(body: Body): StoredMessage {
    this.#checkToken();
    const waiting = this.original && !this.original.deleted && (this.original.flags & LOADING) !== 0;
    if (this.original && waiting) return this.#edit(this.original, body);
    const message = this.#post(body);
    this.#followUps.push(message);
    return message;
  }

  remove(messageId: string): void {
    this.find(messageId).deleted = true;
    this.#changes.emit('change');
  }

  /** Waits until `done` says so, at most this long. */
  async until(done: () => boolean, timeoutMs: number): Promise<void> {
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    while (!done() && !signal.aborted) await once(this.#changes, 'change', { signal }).catch(() => undefined);
  }

  #checkToken(): void {
    if (this.expired || this.ageMs > TOKEN_MS) throw invalidWebhookToken();
    if (this.acknowledgedAfterMs === null) throw unknownWebhook();
  }

  #place() {
    const { channelId, guildId, bot } = this.seed;
    return { channelId, guildId, author: bot };
  }

  #post({ json, uploads }: Body): StoredMessage {
    const body = parseMessage(json);
    const message = newMessage(this.#place(), body.flags ?? 0);
    write(message, body, uploads);
    return this.#show(message);
  }

  #edit(message: StoredMessage, { json, uploads }: Body): StoredMessage {
    const body = parseMessage(json, (message.flags & PANEL) !== 0);
    write(message, body, uploads);
    message.editedAt = new Date();
    message.flags = (message.flags | ((body.flags ?? 0) & PANEL)) & ~LOADING;
    return this.#show(message);
  }

  #show(message: StoredMessage): StoredMessage {
    this.shown = message;
    this.#changes.emit('change');
    return message;
  }
}
