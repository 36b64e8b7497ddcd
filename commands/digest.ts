import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command, CompanyRequest, Reply } from '../src/discord/command.ts';
import { WrongChoice } from '../src/domain/user-error.ts';
import { digestChart } from '../src/render/charts/digest-chart.ts';
import { digestMessage } from '../src/render/digest-message.ts';
import { scheduleEmbed, sentEmbed, weekdayNames } from '../src/render/digest-replies.ts';
import { readDigestSetup } from '../src/reports/digest/digest-setup.ts';
import { toldFigures } from '../src/reports/digest/told-figures.ts';
import { digestReport } from '../src/reports/digest.ts';
import { staffChannelElsewhere } from '../src/reports/staff-channel.ts';
import type { CommandContext } from './context.ts';

const scheduleOptions: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'day',
    description: 'On which day of the week',
    choices: weekdayNames.map((name, n) => ({ name, value: n + 1 })),
  },
  {
    type: ApplicationCommandOptionType.Integer,
    name: 'hour',
    description: 'At which hour, on the clocks of your time zone',
    min_value: 0,
    max_value: 23,
  },
];

type Answer = (request: CompanyRequest, context: CommandContext) => Promise<Reply>;

const answers: Readonly<Record<string, Answer>> = { preview, send, schedule };

export const digest: Command<CommandContext> = {
  payload: {
    name: 'digest',
    description: 'The weekly digest: what it says, and when it is posted',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'preview',
        description: 'Show the digest of the last complete week to you alone',
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'send',
        description: 'Post the digest of the last complete week to its channel now',
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'schedule',
        description: 'Show when the digest is posted next, and set the day and the hour',
        options: scheduleOptions,
      },
    ],
  },
  needsCompany: true,
  run: (request, context) => {
    const answer = answers[request.subcommand ?? ''];
    if (answer === undefined) throw new WrongChoice(`I know: ${Object.keys(answers).join(', ')}.`);
    return answer(request, context);
  },
};

/** To the asker alone, who sees who is behind the figures where staff may. */
async function preview(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const { report, png } = await makeDigest(request, context);
  const isStaff = (await staffChannelElsewhere(request, context.sources)) === null;
  return digestMessage(report, { isStaff, due: null }, png);
}

async function send(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const { channelId, isStaff } = await setupOf(request, context);
  if (channelId === null) {
    throw new WrongChoice('There is no channel for the digest yet: choose one with `/setup server`.');
  }
  const { report, png } = await makeDigest(request, context);
  const message = digestMessage(report, { isStaff, due: null }, png);
  const key = `digest sent ${request.now.toISOString()} ${request.guildId}`;
  await context.sendDigest({ ...toldFigures(report), posts: [{ key, channelId, message }] });
  return { embeds: [sentEmbed(channelId)] };
}

async function schedule(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const { companyId, options, now } = request;
  const { schedule: current } = await setupOf(request, context);
  const weekday = within(options.day, { least: 1, most: 7 }) ?? current.weekday ?? 1;
  const hour = within(options.hour, { least: 0, most: 23 }) ?? current.hour;
  if (options.day !== undefined || options.hour !== undefined) {
    await context.scheduleDigest({ companyId, weekday, hour, setAt: now.getTime() });
  }
  return { embeds: [scheduleEmbed(await setupOf(request, context))] };
}

async function makeDigest({ companyId, now }: CompanyRequest, { sources, drawChart }: CommandContext) {
  const report = await digestReport({ companyId, period: 'week', now: now.getTime() }, sources);
  return { report, png: await drawChart(digestChart(report)) };
}

function setupOf({ companyId, guildId, now }: CompanyRequest, { sources }: CommandContext) {
  return readDigestSetup({ companyId, guildId, now: now.getTime() }, sources);
}

function within(given: unknown, { least, most }: { least: number; most: number }): number | null {
  if (given === undefined) return null;
  const value = Number(given);
  if (Number.isInteger(value) && least <= value && value <= most) return value;
  throw new WrongChoice(`This takes a whole number from ${least} to ${most}.`);
}
