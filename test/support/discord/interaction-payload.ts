import {
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  Locale,
} from 'discord.js';
import { z } from 'zod';
import type { FakeInteraction } from './interactions.ts';
import { toApiMessage } from './messages.ts';
import { asker, guildMember, PERMISSIONS, user } from './people.ts';
import type { RegisteredCommand } from './routes.ts';

export type Asker = { user: APIUser; permissions: string };

export type SlashWords = {
  command: string;
  subcommand?: string;
  options?: Readonly<Record<string, string | number | boolean>>;
};

const declared = z.object({
  name: z.string(),
  type: z.number(),
  choices: z.array(z.object({ value: z.union([z.string(), z.number()]) })).optional(),
  get options() {
    return z.array(declared).optional();
  },
});
type Declared = z.infer<typeof declared>;

/** What every interaction says of where it comes from and who asks. */
export function interactionBase(interaction: FakeInteraction, { user, permissions }: Asker) {
  const { guildId, channelId, bot } = interaction.seed;
  const everywhere = {
    id: interaction.id,
    application_id: bot.id,
    token: interaction.token,
    version: 1,
    channel_id: channelId,
    locale: Locale.EnglishUS,
    entitlements: [],
    app_permissions: PERMISSIONS.manager,
    attachment_size_limit: 10_485_760,
  };
  if (guildId === null) {
    const channel = { id: channelId, type: ChannelType.DM };
    return {
      ...everywhere,
      user,
      channel,
      context: InteractionContextType.BotDM,
      authorizing_integration_owners: { 0: '0' },
    };
  }
  return {
    ...everywhere,
    guild_id: guildId,
    guild: { id: guildId, locale: Locale.EnglishUS, features: [] },
    guild_locale: Locale.EnglishUS,
    channel: { id: channelId, guild_id: guildId, type: ChannelType.GuildText, name: 'general', permissions },
    member: asker(user, permissions),
    context: InteractionContextType.Guild,
    authorizing_integration_owners: { 0: guildId },
  };
}

export function buttonPart(interaction: FakeInteraction, customId: string) {
  const { source } = interaction.seed;
  return {
    type: InteractionType.MessageComponent,
    data: { component_type: ComponentType.Button, custom_id: customId, id: 1 },
    message: source && toApiMessage(source),
  };
}

/**
 * What Discord's client sends for the words typed; options get the types they were registered with.
 *
 * @throws Error for what the client wouldn't send: options that the registered command doesn't have, or other choices.
 */
export function slashPart(
  words: SlashWords,
  registered: RegisteredCommand | undefined,
  type = InteractionType.ApplicationCommand,
) {
  const inside = declaredOptions(words, registered);
  const typing = type === InteractionType.ApplicationCommandAutocomplete;
  const options = Object.entries(words.options ?? {}).map(([name, value], i, all) => {
    const option = inside?.find((each) => each.name === name);
    if (inside && !option) throw new Error(`/${words.command} has no option "${name}"`);
    if (option?.choices && !option.choices.some((choice) => choice.value === value)) {
      throw new Error(`/${words.command} ${name} can't be "${value}"`);
    }
    // Whoever types is at the last option.
    const focused = typing && i === all.length - 1 ? { focused: true } : {};
    return { name, type: option?.type ?? typeOf(value), value, ...focused };
  });
  const data = {
    id: registered?.id ?? '0',
    type: ApplicationCommandType.ChatInput,
    name: words.command,
    options: words.subcommand
      ? [{ type: ApplicationCommandOptionType.Subcommand, name: words.subcommand, options }]
      : options,
    resolved: resolved(options),
  };
  return { type, data };
}

function declaredOptions(words: SlashWords, registered: RegisteredCommand | undefined): Declared[] | null {
  if (!registered) return null;
  const options = z.array(declared).parse(registered.options ?? []);
  if (!words.subcommand) return options;
  const subcommand = options.find(({ name }) => name === words.subcommand);
  if (!subcommand) throw new Error(`/${words.command} has no subcommand "${words.subcommand}"`);
  return subcommand.options ?? [];
}

function typeOf(value: string | number | boolean): ApplicationCommandOptionType {
  if (typeof value === 'boolean') return ApplicationCommandOptionType.Boolean;
  return typeof value === 'number' ? ApplicationCommandOptionType.Number : ApplicationCommandOptionType.String;
}

function resolved(options: readonly { type: number; value: string | number | boolean }[]) {
  const idsOf = (chosen: ApplicationCommandOptionType) =>
    options.filter(({ type }) => type === chosen).map(({ value }) => String(value));
  const ids = idsOf(ApplicationCommandOptionType.User);
  const channel = (id: string) => ({ id, name: `channel-${id.slice(-4)}`, type: ChannelType.GuildText });
  const { user: _, ...member } = guildMember(user('0'));
  return {
    users: Object.fromEntries(ids.map((id) => [id, user(id)])),
    members: Object.fromEntries(ids.map((id) => [id, { ...member, permissions: PERMISSIONS.member }])),
    channels: Object.fromEntries(
      idsOf(ApplicationCommandOptionType.Channel).map((id) => [
        id,
        { ...channel(id), permissions: PERMISSIONS.manager },
      ]),
    ),
  };
}
