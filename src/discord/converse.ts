import { ApplicationCommandOptionType } from 'discord.js';
import { UserError } from '../domain/user-error.ts';
import type { Log } from '../log.ts';
import type { Command, Question, Reply, Request } from './command.ts';
import type { Conversation } from './conversation.ts';
import { errorFacts, isTooLate } from './error-facts.ts';
import { newReference } from './reference.ts';

export type AnswerParts<Context> = {
  /** What the commands are given. */
  context: Context;
  companyOf(guildId: string): Promise<string | null>;
  log: Log;
};

export type Asked = Pick<Request, 'asker' | 'channels' | 'guildId' | 'channelId' | 'now'> & {
  question: Question;
  interactionId: string;
};

const notConnected = 'This server isn’t connected to a Whop company yet, so there is nothing I could tell you about.';

/** Defers before anything else that takes time, so that Discord's 3 s hold whatever the database does. */
export async function converse<Context>(
  conversation: Conversation,
  command: Command<Context>,
  request: Asked,
  parts: AnswerParts<Context>,
): Promise<void> {
  await conversation.defer();
  try {
    const reply = await run(command, request, parts);
    await conversation.show(reply);
  } catch (error) {
    if (isTooLate(error)) throw error;
    await conversation.tell(error instanceof UserError ? error.message : apology(error, request, parts.log));
  }
}

async function run<Context>(command: Command<Context>, asked: Asked, parts: AnswerParts<Context>): Promise<Reply> {
  const { question, asker, channels, guildId, channelId, now } = asked;
  const companyId = await parts.companyOf(guildId);
  const request: Request = { ...question, asker, channels, guildId, channelId, companyId, now };
  if (!command.needsCompany) return command.run(request, parts.context);
  if (companyId === null) throw new UserError(notConnected);
  return command.run({ ...request, companyId }, parts.context);
}

function apology(error: unknown, { question, guildId, interactionId }: Asked, log: Log): string {
  const ref = newReference();
  const { command, subcommand } = question;
  log.error({ ref, interactionId, guildId, command, subcommand, error: errorFacts(error) }, 'command failed');
  return `Something went wrong on my side, and it has been noted. Please try again later (ref ${ref}).`;
}

/** Whether a button of the command asks for one of its subcommands, if it has some. */
export function hasSubcommand<Context>({ payload, buttons = [] }: Command<Context>, { subcommand }: Question): boolean {
  const names = (payload.options ?? [])
    .filter((option) => option.type === ApplicationCommandOptionType.Subcommand)
    .map((option) => option.name);
  return subcommand === null ? names.length === 0 : [...names, ...buttons].includes(subcommand);
}
