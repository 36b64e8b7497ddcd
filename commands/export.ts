import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command, CompanyRequest, Reply } from '../src/discord/command.ts';
import { type PeriodName, periodNames } from '../src/domain/calendar.ts';
import { UserError, WrongChoice } from '../src/domain/user-error.ts';
import { namesAffiliates, withoutAffiliateNames } from '../src/render/affiliate-names.ts';
import { type ExportedFile, exportEmbed } from '../src/render/export-embed.ts';
import { periodLabels } from '../src/render/period-labels.ts';
import { reportCsv } from '../src/render/report-csv.ts';
import { type ReportName, reports, statNames } from '../src/reports/index.ts';
import { readSetup } from '../src/reports/setup.ts';
import { mayNamePeople, requireStaffChannel } from '../src/reports/staff-channel.ts';
import type { CommandContext } from './context.ts';

/** Each whether it names people, whom staff sees in its own channel alone. */
const exported: Readonly<Partial<Record<ReportName, 'sums' | 'people'>>> = {
  ...Object.fromEntries(statNames.map((name) => [name, 'sums' as const])),
  segments: 'sums',
  'churn-model': 'sums',
  churn: 'people',
};

/** Always for the asker alone, so that it has no option to show it to everyone. */
export const exportCommand: Command<CommandContext> = {
  payload: {
    name: 'export',
    description: 'The numbers behind a report, as CSV files for a spreadsheet',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'report',
        description: 'Which one; churn names people, so that it is for the staff channel',
        required: true,
        choices: Object.keys(exported).map((name) => ({ name, value: name })),
      },
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: 'Which time (default: the last 30 days)',
        choices: periodNames.map((value) => ({ name: periodLabels[value], value })),
      },
    ],
  },
  needsCompany: true,
  run: answer,
};

async function answer(request: CompanyRequest, context: CommandContext): Promise<Reply> {
  const { sources } = context;
  const { companyId, now } = request;
  const name = reportOf(request);
  if (exported[name] === 'people') await requireChosenStaffChannel(request, context);
  const made = await reports[name]({ companyId, period: periodOf(request), now: now.getTime() }, sources);
  // A file is handed on more easily than what is read.
  const named = !namesAffiliates(made) || (await mayNamePeople({ ...request, forAskerAlone: false }, sources));
  const report = named ? made : withoutAffiliateNames(made);
  const files = reportCsv(report).map(
    ({ text, ...file }): ExportedFile => ({ ...file, bytes: new TextEncoder().encode(text) }),
  );
  if (sizeOf(files) > mostBytes) throw new UserError(tooLarge(name));
  return { embeds: [exportEmbed(report, files)], files };
}

function reportOf({ options }: CompanyRequest): ReportName {
  const names = Object.keys(exported);
  const name = Object.keys(reports).find((known): known is ReportName => known === options.report);
  if (name !== undefined && names.includes(name)) return name;
  throw new WrongChoice(`I don’t know this report. I know: ${names.join(', ')}.`);
}

function periodOf({ options }: CompanyRequest): PeriodName {
  const period = periodNames.find((name) => name === (options.period ?? '30d'));
  if (period) return period;
  throw new WrongChoice(`I don’t know this period. I know: ${periodNames.join(', ')}.`);
}

/** A file is handed on more easily than what is read, so that without a channel for staff there is none. */
async function requireChosenStaffChannel(request: CompanyRequest, { sources }: CommandContext): Promise<void> {
  const { staffChannelId } = await readSetup(request, sources);
  if (staffChannelId === null)
    throw new UserError('This names people: first choose the channel of your staff with `/setup server`.');
  await requireStaffChannel(request, sources);
}

/** Discord takes 10 MiB a message. */
const mostBytes = 9_000_000;

function sizeOf(files: readonly ExportedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function tooLarge(name: ReportName): string {
  return `That is more than Discord takes: in a terminal, \`cli export ${name}\` writes it to a folder.`;
}
