import {
  type APIActionRowComponent,
  type APIApplicationCommandStringOption,
  type APIButtonComponentWithCustomId,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command, CompanyRequest, Reply } from '../src/discord/command.ts';
import { customId } from '../src/discord/custom-id.ts';
import { type PeriodName, periodNames } from '../src/domain/calendar.ts';
import { UserError } from '../src/domain/user-error.ts';
import type { ChartConfig } from '../src/render/charts/chart-config.ts';
import { revenueChart } from '../src/render/charts/revenue-chart.ts';
import { revenueLayout } from '../src/render/layouts.ts';
import { plainLine } from '../src/render/plain-text.ts';
import { type Layout, reportMessage } from '../src/render/report-message.ts';
import { planChoices } from '../src/reports/plan-choices.ts';
import type { ReportMaker } from '../src/reports/question.ts';
import type { Report } from '../src/reports/report.ts';
import { revenueReport } from '../src/reports/revenue.ts';
import type { CommandContext } from './context.ts';

type Subcommand = {
  description: string;
  make: ReportMaker;
  layout: Layout;
  chart: (report: Report) => ChartConfig;
  /** Whether it can be asked for one plan alone. */
  byPlan: boolean;
};

/** Each report that can be asked for, and how it is shown. */
const subcommands: Readonly<Record<string, Subcommand>> = {
  revenue: {
    description: 'What came in, what recurs, and on which plans',
    make: revenueReport,
    layout: revenueLayout,
    chart: revenueChart,
    byPlan: true,
  },
};

const periodLabels: Readonly<Record<PeriodName, string>> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '365d': '365 days',
  week: 'Last week',
  month: 'Last month',
};

const defaultPeriod: PeriodName = '30d';

const planOption: APIApplicationCommandStringOption = {
  type: ApplicationCommandOptionType.String,
  name: 'plan',
  description: 'Only this plan',
  autocomplete: true,
};

export const stats: Command<CommandContext> = {
  payload: {
    name: 'stats',
    description: 'Figures of your community',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: Object.entries(subcommands).map(([name, { description, byPlan }]) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name,
      description,
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'period',
          description: 'Which time (default: the last 30 days)',
          choices: periodNames.map((value) => ({ name: periodLabels[value], value })),
        },
        ...(byPlan ? [planOption] : []),
        {
          type: ApplicationCommandOptionType.Boolean,
          name: 'public',
          description: 'Show the answer to everyone in this channel (default: only to you)',
        },
      ],
    })),
  },
  needsCompany: true,
  run: answer,
  suggest: async ({ companyId, typed }, { sources }) =>
    (await planChoices(companyId, typed, sources)).map(({ planId, name }) => ({
      name: choiceName(name),
      value: planId,
    })),
};

async function answer(request: CompanyRequest, { sources, drawChart }: CommandContext): Promise<Reply> {
  const { make, layout, chart } = subcommandOf(request);
  const period = periodOf(request);
  const { plan } = request.options;
  const planId = plan === undefined ? undefined : String(plan);
  const report = await make({ companyId: request.companyId, period, planId, now: request.now.getTime() }, sources);
  return {
    ...reportMessage(report, layout, await drawChart(chart(report))),
    components: periodButtons(request, period),
  };
}

function subcommandOf({ subcommand }: CompanyRequest): Subcommand {
  const known = subcommands[subcommand ?? ''];
  if (known) return known;
  throw new UserError(`I don’t know these figures. I know: ${Object.keys(subcommands).join(', ')}.`);
}

function periodOf({ options }: CompanyRequest): PeriodName {
  const given = options.period ?? defaultPeriod;
  const period = periodNames.find((name) => name === given);
  if (period) return period;
  throw new UserError(`I don’t know this period. I know: ${periodNames.join(', ')}.`);
}

/** The same question for each other period; four and two, so that both rows stay readable on a phone. */
function periodButtons(
  { command, subcommand, options }: CompanyRequest,
  current: PeriodName,
): APIActionRowComponent<APIButtonComponentWithCustomId>[] {
  const buttons = periodNames.map(
    (period): APIButtonComponentWithCustomId => ({
      type: ComponentType.Button,
      label: periodLabels[period],
      style: period === current ? ButtonStyle.Primary : ButtonStyle.Secondary,
      disabled: period === current,
      custom_id: customId({ command, subcommand, options: { ...options, period } }),
    }),
  );
  return [buttons.slice(0, 4), buttons.slice(4)].map((components) => ({ type: ComponentType.ActionRow, components }));
}

/** Discord takes 100 characters of a choice's name. */
function choiceName(name: string): string {
  const plain = plainLine(name);
  return plain.length <= 100 ? plain : `${plain.slice(0, 98).toWellFormed()}…`;
}
