import { Writable } from 'node:stream';
import { ButtonStyle, ComponentType, PermissionFlagsBits } from 'discord.js';
import { pino } from 'pino';
import type { Command, Question, Reply, Request } from '../../../src/discord/command.ts';
import { customId } from '../../../src/discord/custom-id.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../../src/discord/gateway.ts';
import type { Log } from '../../../src/log.ts';
import { type FakeDiscord, startFakeDiscord } from './fake-discord.ts';

/** What the commands of these tests are given: the answer to every question. */
export type Answering = { reply(request: Request): Reply | Promise<Reply> };

export type Bot = Gateway & { logged: LoggedLine[] };
type LoggedLine = Record<string, unknown>;

const manageServer = String(PermissionFlagsBits.ManageGuild);

const period = {
  name: 'period',
  description: 'Which days',
  type: 3,
  choices: ['7d', '30d'].map((value) => ({ name: value, value })),
};
const isPublic = { name: 'public', description: 'Show it to everyone', type: 5 };
const channel = { name: 'channel', description: 'Which channel', type: 7 };

/** Asks for a company, has subcommands, and is for managers. */
export const stats: Command<Answering> = {
  payload: {
    name: 'stats',
    description: 'Figures',
    default_member_permissions: manageServer,
    contexts: [0],
    options: [
      { name: 'revenue', description: 'Money', type: 1, options: [period, isPublic, channel] },
      { name: 'members', description: 'People', type: 1, options: [period, isPublic] },
    ],
  },
  needsCompany: true,
  run: async (request, context) => context.reply(request),
};

/** Works without a company, and is open to everyone. */
export const help: Command<Answering> = {
  payload: { name: 'help', description: 'What there is', contexts: [0], options: [isPublic] },
  needsCompany: false,
  run: async (request, context) => context.reply(request),
};

/** A report with a chart that names the period, and a button for each. */
export function report({ command, subcommand, options }: Question): Reply {
  const name = `revenue-${options.period ?? '30d'}.png`;
  return {
    embeds: [{ title: `Revenue ${options.period ?? '30d'}`, image: { url: `attachment://${name}` } }],
    files: [{ name, description: 'MRR by day', bytes: new TextEncoder().encode(name) }],
    components: [
      {
        type: ComponentType.ActionRow,
        components: ['7d', '30d'].map((days) => ({
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: days,
          custom_id: customId({ command, subcommand, options: { ...options, period: days } }),
        })),
      },
    ],
  };
}

/** The unchanged bot, logged in to the fake. */
export async function startBot(discord: FakeDiscord, changes: Partial<GatewayOptions<Answering>> = {}): Promise<Bot> {
  const logged: LoggedLine[] = [];
  const gateway = await startGateway({
    token: discord.token,
    apiUrl: discord.apiUrl,
    commands: [stats, help],
    context: { reply: report },
    companyOf: async () => 'biz_harbour',
    log: capturingLog(logged),
    ...changes,
  });
  return { ...gateway, logged };
}

/** A Discord and a bot for one test alone, so that slow tests can run beside each other. */
export async function withBot(
  changes: Partial<GatewayOptions<Answering>>,
  test: (discord: FakeDiscord, bot: Bot) => Promise<void>,
): Promise<void> {
  const discord = await startFakeDiscord();
  const bot = await startBot(discord, changes);
  try {
    await test(discord, bot);
  } finally {
    await bot.stop();
    await discord.stop();
  }
}

function capturingLog(lines: LoggedLine[]): Log {
  const write = (chunk: unknown, _encoding: unknown, done: () => void) => {
    lines.push(JSON.parse(String(chunk)));
    done();
  };
  return pino({ level: 'trace' }, new Writable({ write }));
}
