import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command, CompanyRequest, Reply } from '../src/discord/command.ts';
import { type AlertSettings, alertKinds, alertResponses } from '../src/domain/alerts/alert.ts';
import { toMinor } from '../src/domain/money.ts';
import { UserError, WrongChoice } from '../src/domain/user-error.ts';
import { alertMessage } from '../src/render/alert-message.ts';
import { alertKindNames, alertSettingsText } from '../src/render/alert-settings-text.ts';
import { readAlertState } from '../src/reports/alert-state.ts';
import type { CommandContext } from './context.ts';

const whole = (
  name: string,
  description: string,
  [least, most]: [number, number],
): APIApplicationCommandBasicOption => ({
  type: ApplicationCommandOptionType.Integer,
  name,
  description,
  min_value: least,
  max_value: most,
});

const settingsOptions: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.Number,
    name: 'minimum',
    description: 'Leave failed payments below this amount out (0: none), in your reporting currency',
    min_value: 0,
    max_value: 1_000_000,
  },
  whole('quiet_from', 'Say nothing from this hour of your community’s time on', [0, 23]),
  whole('quiet_until', 'Until this hour; the same as from: no quiet hours', [0, 23]),
  whole('per_day', 'How many alerts a day are shown in detail; the others are counted', [1, 200]),
];

const days: Readonly<Record<string, number>> = { '1d': 1, '7d': 7, '30d': 30, unmute: 0 };

const muteOptions: APIApplicationCommandBasicOption[] = [
  {
    type: ApplicationCommandOptionType.String,
    name: 'kind',
    description: 'Which alerts',
    required: true,
    choices: alertKinds.map((value) => ({ name: alertKindNames[value], value })),
  },
  {
    type: ApplicationCommandOptionType.String,
    name: 'until',
    description: 'For how long',
    required: true,
    choices: [
      { name: 'for a day', value: '1d' },
      { name: 'for 7 days', value: '7d' },
      { name: 'for 30 days', value: '30d' },
      { name: 'not any more: tell them again', value: 'unmute' },
    ],
  },
];

export const alerts: Command<CommandContext> = {
  payload: {
    name: 'alerts',
    description: 'What staff is told without asking',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'settings',
        description: 'Shows and changes which alerts come, and when',
        options: settingsOptions,
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'mute',
        description: 'Leaves alerts of one kind out for a while',
        options: muteOptions,
      },
    ],
  },
  buttons: alertResponses,
  needsCompany: true,
  run: (request, context) => {
    if (request.subcommand === 'settings') return changeSettings(request, context);
    return request.subcommand === 'mute' ? mute(request, context) : respond(request, context);
  },
};

async function changeSettings(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const { companyId, options } = request;
  const { currency } = await readAlertState(companyId, request.now.getTime(), context.sources);
  const minimumMinor = options.minimum === undefined ? undefined : toMinor(Number(options.minimum), currency);
  if (minimumMinor === null) throw new WrongChoice('That is no amount.');
  const change = {
    ...(minimumMinor === undefined ? {} : { minimumMinor }),
    ...chosen('quietFrom', options.quiet_from),
    ...chosen('quietUntil', options.quiet_until),
    ...chosen('perDay', options.per_day),
  };
  if (Object.keys(change).length > 0) await context.alerts.change(companyId, change);
  return showState(request, context);
}

function chosen(name: keyof AlertSettings, value: unknown): Partial<AlertSettings> {
  return value === undefined ? {} : { [name]: Number(value) };
}

async function mute(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const { companyId, options, now } = request;
  const kind = alertKinds.find((known) => known === options.kind);
  const forDays = days[String(options.until)];
  if (kind === undefined || forDays === undefined) throw new WrongChoice('Choose one of the kinds and times offered.');
  await context.alerts.mute(companyId, { kind, until: now.getTime() + forDays * 24 * 60 * 60 * 1000 });
  return showState(request, context);
}

async function showState({ companyId, now }: CompanyRequest, { sources }: CommandContext): Promise<Reply> {
  const state = await readAlertState(companyId, now.getTime(), sources);
  return { embeds: [{ title: 'Alerts', description: alertSettingsText(state) }] };
}

/** A button under an alert: the message then shows who did what. */
async function respond(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const { companyId, subcommand, options, asker, now } = request;
  const response = alertResponses.find((known) => known === subcommand);
  if (response === undefined) throw new WrongChoice('I don’t know that. I know: settings, mute.');
  const answer = { alertId: String(options.alert), response, by: asker.userId, at: now.getTime() };
  const view = await context.alerts.respond(companyId, answer);
  if (view === null) throw new UserError('I don’t know this alert any more.');
  return alertMessage(view);
}
