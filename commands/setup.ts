import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command, Reply, Request } from '../src/discord/command.ts';
import { isWeekStart, weekStarts } from '../src/domain/calendar.ts';
import { parseZone, timeZoneChoices } from '../src/domain/time-zones.ts';
import { WrongChoice } from '../src/domain/user-error.ts';
import { linkMessage, unlinkedMessage } from '../src/render/link-server-message.ts';
import { type ChannelLack, setupMessage } from '../src/render/setup-message.ts';
import { readSetup } from '../src/reports/setup.ts';
import type { CommandContext, SetupChange } from './context.ts';

const channelOption = (name: string, description: string): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.Channel,
  name,
  description,
  channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
});

const serverOptions: APIApplicationCommandBasicOption[] = [
  channelOption('staff_channel', 'Where alerts go: a channel that only your staff sees'),
  channelOption('digest_channel', 'Where the weekly digest goes; it names members if this is the staff channel'),
  { type: ApplicationCommandOptionType.Role, name: 'staff_role', description: 'Who your staff are' },
  {
    type: ApplicationCommandOptionType.String,
    name: 'time_zone',
    description: 'Whose days and weeks count: type a city',
    autocomplete: true,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'currency',
    description: 'What reports are in, such as USD',
    min_length: 3,
    max_length: 3,
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'week_start',
    description: 'The first day of your week',
    choices: weekStarts.map((day) => ({ name: `${day.charAt(0).toUpperCase()}${day.slice(1)}`, value: day })),
  },
];

export const setup: Command<CommandContext> = {
  payload: {
    name: 'setup',
    description: 'Set this server up, one step after the other',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'server',
        description: 'Show what is set up and what is missing, and set what you name',
        options: serverOptions,
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'link',
        description: 'Connect this server to a Whop company of which you are an admin',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'company',
            description: 'The company’s id, biz_…, as Whop’s dashboard shows it',
            required: true,
            max_length: 64,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'unlink',
        description: 'Undo that, and forget what was set up here',
      },
    ],
  },
  needsCompany: false,
  run: async (request, context) => steps[request.subcommand ?? '']?.(request, context) ?? setUpServer(request, context),
  suggest: async ({ typed }) => timeZoneChoices(typed, Date.now()),
};

const steps: Readonly<Record<string, (request: Request, context: CommandContext) => Promise<Reply>>> = {
  link: linkServer,
  unlink: unlinkServer,
};

async function linkServer({ companyId, guildId, asker, options }: Request, context: CommandContext): Promise<Reply> {
  if (companyId !== null) throw new WrongChoice(alreadyConnected);
  const wanted = String(options.company);
  if (!/^biz_[\w-]+$/.test(wanted))
    throw new WrongChoice('A company’s id begins with `biz_`: copy it from Whop’s dashboard.');
  const address = await context.linkAddress({ companyId: wanted, guildId, userId: asker.userId });
  if (address === null) throw new WrongChoice(`${notConnected} Linking isn’t set up for this bot.`);
  return linkMessage(address);
}

async function unlinkServer({ companyId, guildId }: Request, context: CommandContext): Promise<Reply> {
  if (await context.unlinkGuild(guildId)) return unlinkedMessage();
  throw new WrongChoice(companyId === null ? 'This server isn’t linked.' : connectedElsewhere);
}

const alreadyConnected = 'This server belongs to a company already. `/setup unlink` comes first.';
const connectedElsewhere = 'This server was connected in the settings of the bot, so it can’t be unlinked here.';

async function setUpServer(request: Request, context: CommandContext): Promise<Reply> {
  const { companyId, guildId, asker, now } = request;
  if (companyId === null) throw new WrongChoice(notConnected);
  const change = changeOf(request);
  await context.setUp({ companyId, guildId, setUpBy: asker.userId, now: now.getTime(), ...change });
  const state = await readSetup({ companyId, guildId }, context.sources);
  const channels = new Set([state.staffChannelId, state.digestChannelId].filter((id) => id !== null));
  const lacks = [...channels].map(
    (channelId): ChannelLack => ({ channelId, missing: context.lackingPermissions(channelId) }),
  );
  return {
    embeds: [
      setupMessage(
        state,
        lacks.filter(({ missing }) => missing === null || missing.length > 0),
      ),
    ],
  };
}

const notConnected =
  'This server isn’t connected to a Whop company yet: connect it with `/setup link`, or list it in the bot’s settings.';

function changeOf({ options }: Request): SetupChange {
  const text = (name: string) => (options[name] === undefined ? undefined : String(options[name]));
  return {
    guild: {
      staffChannelId: text('staff_channel'),
      digestChannelId: text('digest_channel'),
      staffRoleId: text('staff_role'),
    },
    company: {
      timeZone: zoneOf(text('time_zone')),
      reportingCurrency: currencyOf(text('currency')),
      weekStart: weekStartOf(text('week_start')),
    },
  };
}

function zoneOf(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const zone = parseZone(typed);
  if (zone !== null) return zone;
  throw new WrongChoice('I don’t know this time zone: type a city such as Berlin, and choose one that is offered.');
}

function currencyOf(typed: string | undefined): string | undefined {
  const code = typed?.toUpperCase();
  if (code === undefined || /^[A-Z]{3}$/.test(code)) return code;
  throw new WrongChoice('A currency is three letters, such as USD or EUR.');
}

function weekStartOf(typed: string | undefined) {
  if (typed === undefined || isWeekStart(typed)) return typed;
  throw new WrongChoice(`A week begins on one of these: ${weekStarts.join(', ')}.`);
}
