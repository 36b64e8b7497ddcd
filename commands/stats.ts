import {
  type APIActionRowComponent,
  type APIApplicationCommandBasicOption,
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
import { WrongChoice } from '../src/domain/user-error.ts';
import { namesAffiliates, withoutAffiliateNames } from '../src/render/affiliate-names.ts';
import { choiceName } from '../src/render/choice-name.ts';
import { periodLabels } from '../src/render/period-labels.ts';
import { reportMessage } from '../src/render/report-message.ts';
import { views } from '../src/render/views.ts';
import { reports, type StatName, statNames } from '../src/reports/index.ts';
import { planChoices } from '../src/reports/plan-choices.ts';
import type { Sources } from '../src/reports/question.ts';
import type { Report } from '../src/reports/report.ts';
import { mayNamePeople } from '../src/reports/staff-channel.ts';
import type { CommandContext } from './context.ts';

/** What each report is about, and whether it can be asked for one plan alone. */
const subcommands: Readonly<Record<StatName, { description: string; byPlan: boolean }>> = {
  overview: { description: 'How your community is, at a glance', byPlan: false },
  revenue: { description: 'What came in, what recurs, and on which plans', byPlan: true },
  members: { description: 'Who is in, who came and who went', byPlan: true },
  subscriptions: { description: 'Trials, plan changes and cancellations', byPlan: true },
  retention: { description: 'How long customers keep paying', byPlan: true },
  engagement: { description: 'Who shows up, where and when', byPlan: false },
  marketing: { description: 'What promo codes and affiliates bring, and how customers come', byPlan: false },
};

const defaultPeriod: PeriodName = '30d';

const periodOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'period',
  description: 'Which time (default: the last 30 days)',
  choices: periodNames.map((value) => ({ name: periodLabels[value], value })),
};

const planOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'plan',
  description: 'Only this plan',
  autocomplete: true,
};

const publicOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.Boolean,
  name: 'public',
  description: 'Show the answer to everyone in this channel (default: only to you)',
};

export const stats: Command<CommandContext> = {
  payload: {
    name: 'stats',
    description: 'Figures of your community',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: statNames.map((name) => ({
      type: ApplicationCommandOptionType.Subcommand,
      name,
      description: subcommands[name].description,
      options: [periodOption, ...(subcommands[name].byPlan ? [planOption] : []), publicOption],
    })),
  },
  needsCompany: true,
  run: answer,
  suggest: async ({ companyId, typed }, { sources }) => {
    const plans = await planChoices(companyId, typed, sources);
    return plans.map(({ planId, name }) => ({ name: choiceName(name), value: planId }));
  },
};

async function answer(request: CompanyRequest, { sources, drawChart }: CommandContext): Promise<Reply> {
  const name = reportOf(request);
  const period = periodOf(request);
  const planId = request.options.plan === undefined ? undefined : String(request.options.plan);
  const { companyId, now } = request;
  const made = await reports[name]({ companyId, period, planId, now: now.getTime() }, sources);
  const report = (await namesTooMuch(made, request, sources)) ? withoutAffiliateNames(made) : made;
  const { layout, charts } = views[name];
  const pngs = await Promise.all(charts.map((chart) => drawChart(chart(report))));
  return { ...reportMessage(report, layout, pngs), components: periodButtons(request, period) };
}

async function namesTooMuch(report: Report, request: CompanyRequest, sources: Sources): Promise<boolean> {
  if (!namesAffiliates(report)) return false;
  return !(await mayNamePeople({ ...request, forAskerAlone: request.options.public !== true }, sources));
}

function reportOf({ subcommand }: CompanyRequest): StatName {
  const name = statNames.find((known) => known === subcommand);
  if (name) return name;
  throw new WrongChoice(`I don’t know these figures. I know: ${statNames.join(', ')}.`);
}

function periodOf({ options }: CompanyRequest): PeriodName {
  const given = options.period ?? defaultPeriod;
  const period = periodNames.find((name) => name === given);
  if (period) return period;
  throw new WrongChoice(`I don’t know this period. I know: ${periodNames.join(', ')}.`);
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
