import type { AddressInfo } from 'node:net';
import { GatewayDispatchEvents, InteractionType } from 'discord.js';
import { type Answer, answerTo, type ShownMessage, view } from './answer.ts';
import { channelRoutes } from './channels.ts';
import { FakeChat, newChannel } from './chat.ts';
import { FakeGateway } from './gateway-server.ts';
import type { FakeGuild } from './guilds.ts';
import { buttonPart, interactionBase, type SlashWords, slashPart } from './interaction-payload.ts';
import { FakeInteraction } from './interactions.ts';
import type { StoredMessage } from './messages.ts';
import { botUser, type MemberNames, PERMISSIONS, user } from './people.ts';
import { FakePosting } from './posting.ts';
import { FakeRest } from './rest-server.ts';
import { type RegisteredCommand, routes } from './routes.ts';
import { snowflake } from './snowflake.ts';

/** Who asks, and where; by default someone with Manage Server in the first guild. */
type Asked = {
  guildId?: string | null;
  userId?: string;
  /** Discord's bits as text; see PERMISSIONS. */
  permissions?: string;
  /** When Discord receives it (now). */
  at?: number;
  /** How long to wait for the answer after the first sign of life (8 s). */
  timeoutMs?: number;
};

export type Slash = SlashWords & Asked;
export type Press = Asked & {
  /** Presses a button that the message no longer has: the client may show an older state. */
  stale?: boolean;
};

/** Discord, as far as a bot can tell: the unchanged client logs in to `apiUrl` with `token`, from any process. */
export class FakeDiscord {
  readonly token = `${snowflake()}.fake.${snowflake()}`;
  readonly applicationId = snowflake();
  readonly userId = snowflake();
  readonly guilds = new Map<string, FakeGuild>();
  /** What is registered globally, as Discord keeps it. */
  readonly commands: RegisteredCommand[] = [];
  readonly interactions: FakeInteraction[] = [];
  /** What people are called, by their id; nobody else is a member of any guild. */
  readonly names = new Map<string, MemberNames>();
  readonly gateway: FakeGateway;
  readonly rest: FakeRest;
  readonly chat: FakeChat;
  /** What the bot posts by itself. */
  readonly posting = new FakePosting();

  constructor() {
    const gatewayUrl = () => `ws://127.0.0.1:${this.#port}`;
    const { applicationId, token, guilds, commands, interactions, names } = this;
    const bot = botUser(applicationId);
    const all = () => this.chat.channels();
    const find = (channelId: string) => this.chat.find(channelId);
    const api = routes({ applicationId, commands, interactions, names, gatewayUrl });
    this.rest = new FakeRest([...api, ...channelRoutes({ find, all, bot }), ...this.posting.routes], () => token);
    this.gateway = new FakeGateway(this.rest.http, { token, applicationId, guilds, gatewayUrl });
    this.chat = new FakeChat(guilds, this.gateway, bot);
  }

  get #port(): number {
    const address: AddressInfo | string | null = this.rest.http.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  /** What DISCORD_API_URL is set to. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.#port}/api`;
  }

  /** The first guild. */
  get guildId(): string {
    return [...this.guilds.keys()][0] ?? this.addGuild();
  }

  /** Before a bot logs in; returns the id. */
  addGuild(name = 'Harbour'): string {
    const id = snowflake();
    const general = newChannel(id);
    const voice = new Map<string, string>();
    const permissions = PERMISSIONS.member;
    this.guilds.set(id, {
      id,
      name,
      channelId: general.id,
      ownerId: this.userId,
      permissions,
      channels: [general],
      voice,
    });
    return id;
  }

  /** Types a command, and waits for what is shown in the end. */
  slash(slash: Slash): Promise<Answer> {
    return this.#ask(slash, null, () => slashPart(slash, this.#registered(slash.command)));
  }

  /** What is offered while an option is typed. */
  autocomplete(slash: Slash): Promise<Answer> {
    const type = InteractionType.ApplicationCommandAutocomplete;
    return this.#ask(slash, null, () => slashPart(slash, this.#registered(slash.command), type));
  }

  /** Presses a button by its label or custom_id; the answer is the message as it is then, or what came beside it. */
  press({ messageId }: Pick<Answer, 'messageId'>, button: string, press: Press = {}): Promise<Answer> {
    const source = this.#message(messageId);
    const { buttons, ephemeral } = view(source);
    const found = buttons.find(({ label, customId }) => label === button || customId === button);
    if (!found && !press.stale) throw new Error(`No button "${button}" among ${JSON.stringify(buttons)}`);
    if (found?.disabled) throw new Error(`The button "${button}" is disabled`);
    if (ephemeral && press.userId && press.userId !== this.userId) throw new Error('Only its asker sees the message');
    return this.#ask({ guildId: source.guildId ?? this.guildId, ...press }, source, (interaction) =>
      buttonPart(interaction, found?.customId ?? button),
    );
  }

  /** A message as it is now; undefined once it was deleted. */
  message(messageId: string): ShownMessage | undefined {
    const message = this.#message(messageId);
    return message.deleted ? undefined : view(message);
  }

  /** Makes the tokens of all interactions so far worthless, as 15 minutes do. */
  expireInteractions(): void {
    for (const interaction of this.interactions) interaction.expired = true;
  }

  async stop(): Promise<void> {
    this.gateway.close();
    this.rest.http.closeAllConnections();
    await new Promise((resolve) => this.rest.http.close(resolve));
  }

  #registered(name: string): RegisteredCommand | undefined {
    return this.commands.find((command) => command.name === name);
  }

  #message(messageId: string): StoredMessage {
    const answers = this.interactions.flatMap(({ original, shown }) => [original, shown]);
    const message = [...answers, ...this.posting.messages].find((each) => each?.id === messageId);
    if (!message) throw new Error(`No message ${messageId}`);
    return message;
  }

  #ask(asked: Asked, source: StoredMessage | null, part: (interaction: FakeInteraction) => object): Promise<Answer> {
    const { guildId = this.guildId, userId = this.userId, permissions = PERMISSIONS.manager, timeoutMs = 8000 } = asked;
    const channelId = source?.channelId ?? (guildId && this.guilds.get(guildId)?.channelId) ?? snowflake();
    const interaction = new FakeInteraction({
      channelId,
      guildId,
      bot: botUser(this.applicationId),
      source,
      at: asked.at,
    });
    const payload = { ...interactionBase(interaction, { user: user(userId), permissions }), ...part(interaction) };
    this.interactions.push(interaction);
    this.gateway.dispatch(GatewayDispatchEvents.InteractionCreate, payload);
    return answerTo(interaction, timeoutMs);
  }
}

/** Starts on a free port of this machine, with one guild. */
export async function startFakeDiscord(): Promise<FakeDiscord> {
  const discord = new FakeDiscord();
  discord.addGuild();
  await new Promise<void>((resolve) => discord.rest.http.listen(0, '127.0.0.1', resolve));
  return discord;
}
