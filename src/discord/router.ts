import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import { askerOf } from './asker.ts';
import type { ChosenChannel, Command, Payload, Question } from './command.ts';
import { aside, pressed, pressedAside, typed } from './conversation.ts';
import { type AnswerParts, type Asked, converse, hasSubcommand } from './converse.ts';
import { parseCustomId } from './custom-id.ts';
import { EditOrder } from './edit-order.ts';
import { errorFacts } from './error-facts.ts';
import { suggestions } from './suggestions.ts';

export type RouterParts<Context> = AnswerParts<Context> & { commands: readonly Command<Context>[] };

const SAY = {
  onlyInServers: 'I can only answer in a server, not in private messages.',
  unknownCommand:
    'I don’t know this command (any more). Discord may still be showing an old list: try again in a minute.',
  unknownButton: 'This button is from an older message that I can’t read any more. Please run the command again.',
  notYours: 'Only people with the Manage Server permission can use these buttons.',
};

/** Answers every interaction; whatever happens, the promise is fulfilled and the log says what went wrong. */
export function createRouter<Context>(parts: RouterParts<Context>): (interaction: Interaction) => Promise<void> {
  const commands = new Map(parts.commands.map((command) => [command.payload.name, command]));
  const edits = new EditOrder();

  async function answerTyped(interaction: ChatInputCommandInteraction): Promise<unknown> {
    const question = questionOf(interaction);
    const command = commands.get(question.command);
    if (!interaction.guildId) return interaction.reply(aside(SAY.onlyInServers));
    if (!command) return interaction.reply(aside(SAY.unknownCommand));
    const request = { ...asked(interaction, interaction.guildId, question), channels: chosenChannels(interaction) };
    return converse(typed(interaction, question), command, request, parts);
  }

  async function answerPressed(interaction: ButtonInteraction): Promise<unknown> {
    const question = parseCustomId(interaction.customId);
    const command = question && commands.get(question.command);
    if (!interaction.guildId) return interaction.reply(aside(SAY.onlyInServers));
    if (!question || !command || !hasSubcommand(command, question)) {
      return interaction.reply(aside(SAY.unknownButton));
    }
    if (!mayPress(interaction, command.payload)) return interaction.reply(aside(SAY.notYours));
    const request = asked(interaction, interaction.guildId, question);
    if (command.answersAside) return converse(pressedAside(interaction), command, request, parts);
    return edits.press(interaction.message.id, (show) => converse(pressed(interaction, show), command, request, parts));
  }

  async function answer(interaction: Interaction): Promise<unknown> {
    if (interaction.isChatInputCommand()) return answerTyped(interaction);
    if (interaction.isButton()) return answerPressed(interaction);
    if (interaction.isAutocomplete()) {
      return interaction.respond(await suggestions(interaction, commands.get(interaction.commandName), parts));
    }
    return interaction.reply(aside(SAY.unknownCommand));
  }

  return async (interaction) => {
    try {
      await answer(interaction);
    } catch (error) {
      const { id: interactionId, guildId } = interaction;
      parts.log.warn({ interactionId, guildId, error: errorFacts(error) }, 'interaction not answered');
    }
  };
}

function asked(interaction: Interaction, guildId: string, question: Question): Asked {
  const { createdAt: now, id: interactionId, channelId } = interaction;
  return { question, asker: askerOf(interaction), channels: {}, guildId, channelId, now, interactionId };
}

/**
 * Who runs a command is Discord's business, but it lets everyone who sees a post press the buttons under it.
 */
function mayPress(interaction: ButtonInteraction, payload: Payload): boolean {
  const isPublic = !interaction.message.flags.has(MessageFlags.Ephemeral);
  const required = payload.default_member_permissions;
  if (!isPublic || required === null || required === undefined) return true;
  return interaction.memberPermissions?.has(BigInt(required)) ?? false;
}

function questionOf(interaction: ChatInputCommandInteraction): Question {
  const values = leaves(interaction.options.data).flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    command: interaction.commandName,
    subcommand: interaction.options.getSubcommand(false),
    options: Object.fromEntries(values),
  };
}

function chosenChannels({ options }: ChatInputCommandInteraction): Record<string, ChosenChannel> {
  const chosen = leaves(options.data).flatMap(({ name: option, channel }): [string, ChosenChannel][] =>
    channel ? [[option, { id: channel.id, name: channel.name ?? '', type: channel.type }]] : [],
  );
  return Object.fromEntries(chosen);
}

function leaves(options: readonly CommandInteractionOption[]): readonly CommandInteractionOption[] {
  return options.flatMap((option) => (option.options ? leaves(option.options) : [option]));
}
