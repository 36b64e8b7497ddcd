import { ChannelType } from 'discord.js';
import type { ChosenChannel, Command, Question, Reply } from '../../discord/command.ts';
import type { Conversation } from '../../discord/conversation.ts';
import { type AnswerParts, type Asked, converse, hasSubcommand } from '../../discord/converse.ts';
import { parseCustomId } from '../../discord/custom-id.ts';
import type { Chat, Post } from './chat.ts';
import { asker, channels, guildId } from './sample-server.ts';
import type { ScreenMessage } from './wire.ts';

export type AnswersParts<Context> = AnswerParts<Context> & {
  commands: readonly Command<Context>[];
  chat: Chat;
  /** The community's time. */
  now(): number;
};

export type Answers = {
  /** Null where there is no such command. */
  ask(typed: Question & { channelId: string }): Promise<ScreenMessage | null>;
  /** What the message has become, or something said to the asker alone; null where there is no such button. */
  press(pressed: { messageId: string; customId: string }): Promise<ScreenMessage | null>;
  suggest(typing: {
    command: string;
    subcommand: string | null;
    option: string;
    typed: string;
  }): Promise<{ name: string; value: string }[]>;
};

/** Discord offers no more. */
const mostSuggestions = 25;

/** Answers what is typed and pressed on the page by the same commands, in the router's own steps. */
export function createAnswers<Context>(parts: AnswersParts<Context>): Answers {
  const { chat, now } = parts;
  const commands = new Map(parts.commands.map((command) => [command.payload.name, command]));
  let count = 0;

  function known(question: Question | null): { question: Question; command: Command<Context> } | null {
    const command = question === null ? undefined : commands.get(question.command);
    return question && command && hasSubcommand(command, question) ? { question, command } : null;
  }

  function asked(question: Question, channelId: string): Asked {
    count += 1;
    const at = new Date(now());
    return { question, asker, channels: chosen(question), guildId, channelId, now: at, interactionId: `demo ${count}` };
  }

  return {
    async ask({ channelId, ...typed }) {
      const found = known(typed);
      if (found === null) return null;
      const head = { channelId, at: now(), used: nameOf(typed) };
      const post = (ephemeral: boolean) => (reply: Post) => chat.post({ ...head, ephemeral }, reply);
      return held(post(typed.options.public !== true), post(true), (conversation) =>
        converse(conversation, found.command, asked(typed, channelId), parts),
      );
    },
    async press({ messageId, customId }) {
      const found = known(parseCustomId(customId));
      const under = chat.find(messageId);
      if (found === null || under === undefined) return null;
      const aside = { channelId: under.channelId, at: now(), used: null, ephemeral: true };
      const edit = (reply: Post) => chat.edit(messageId, reply) ?? chat.post(aside, reply);
      return held(
        edit,
        (reply) => chat.post(aside, reply),
        (conversation) => converse(conversation, found.command, asked(found.question, under.channelId), parts),
      );
    },
    async suggest({ command: name, subcommand, option, typed }) {
      const command = commands.get(name);
      const companyId = await parts.companyOf(guildId);
      if (!command?.needsCompany || !command.suggest || companyId === null) return [];
      const choices = await command.suggest({ companyId, subcommand, option, typed, asker }, parts.context);
      return choices.slice(0, mostSuggestions);
    },
  };
}

/** Holds a conversation to its end, and says what came of it. */
async function held(
  show: (reply: Post) => ScreenMessage,
  tell: (post: Post) => ScreenMessage,
  talk: (conversation: Conversation) => Promise<void>,
): Promise<ScreenMessage | null> {
  let message: ScreenMessage | null = null;
  await talk({
    defer: async () => undefined,
    show: async (reply: Reply) => {
      message = show(reply);
    },
    tell: async (content) => {
      message = tell({ content });
    },
  });
  return message;
}

function nameOf({ command, subcommand }: Question): string {
  return `/${subcommand === null ? command : `${command} ${subcommand}`}`;
}

/** Those of the options that are one of the server's channels. */
function chosen({ options }: Question): Record<string, ChosenChannel> {
  const found = Object.entries(options).flatMap(([option, value]): [string, ChosenChannel][] => {
    const channel = Object.values(channels).find(({ id }) => id === value);
    return channel === undefined ? [] : [[option, { ...channel, type: ChannelType.GuildText }]];
  });
  return Object.fromEntries(found);
}
