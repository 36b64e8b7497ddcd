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
import { WrongChoice } from '../src/domain/user-error.ts';
import { choiceName } from '../src/render/choice-name.ts';
import { churnList, type ListFilter, namesElsewhere, riskLevels, type ShownList } from '../src/render/churn-list.ts';
import { reportMessage } from '../src/render/report-message.ts';
import { riskLayout, views } from '../src/render/views.ts';
import { reports } from '../src/reports/index.ts';
import { planChoices } from '../src/reports/plan-choices.ts';
import { requireStaffChannel, staffChannelElsewhere } from '../src/reports/staff-channel.ts';
import { linkedCustomer } from '../src/reports/who-is-who.ts';
import type { CommandContext } from './context.ts';

const bandOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'band',
  description: 'Only those at this risk (default: all)',
  choices: riskLevels.map((value) => ({ name: value, value })),
};

const planOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'plan',
  description: 'Only this plan',
  autocomplete: true,
};

const userOption: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.User,
  name: 'user',
  description: 'Who in this server',
  required: true,
};

type Run = (request: CompanyRequest, context: CommandContext) => Promise<Reply>;
type Subcommand = { description: string; options: APIApplicationCommandBasicOption[]; run: Run };

const subcommands: Readonly<Record<string, Subcommand>> = {
  list: { description: 'Who is about to leave, why, and what it costs', options: [bandOption, planOption], run: list },
  member: { description: 'How likely one member is to leave, and why', options: [userOption], run: member },
  model: { description: 'How often this was right, and what it goes by', options: [], run: model },
};

/** Names people, so that it has no option to show an answer to everyone. */
export const churn: Command<CommandContext> = {
  payload: {
    name: 'churn',
    description: 'Who is about to leave',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: Object.entries(subcommands).map(([name, { description, options }]) => ({
      type: ApplicationCommandOptionType.Subcommand as const,
      name,
      description,
      options,
    })),
  },
  needsCompany: true,
  run: async (request, context) => {
    const name = request.subcommand ?? '';
    const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (subcommand !== undefined) return subcommand.run(request, context);
    throw new WrongChoice(`I don’t know that. I know: ${Object.keys(subcommands).join(', ')}.`);
  },
  suggest: async ({ companyId, typed }, { sources }) => {
    const plans = await planChoices(companyId, typed, sources);
    return plans.map(({ planId, name }) => ({ name: choiceName(name), value: planId }));
  },
};

async function list(request: CompanyRequest, { sources, drawChart }: CommandContext): Promise<Reply> {
  const { companyId, now, options } = request;
  const filter = filterOf(request);
  const planId = options.plan === undefined ? undefined : String(options.plan);
  const report = await reports.churn({ companyId, period: '30d', planId, now: now.getTime() }, sources);
  const elsewhere = await staffChannelElsewhere(request, sources);
  if (elsewhere !== null) {
    const sums = reportMessage(report, views.churn.layout, [await drawChart(views.churn.charts[0](report))]);
    return { ...sums, embeds: [...sums.embeds, namesElsewhere(elsewhere)] };
  }
  const shown = churnList(report, filter);
  const png = shown.page === 1 ? await drawChart(views.churn.charts[0](report)) : null;
  const { embeds, files } = reportMessage(report, views.churn.layout, [png]);
  return {
    embeds: [...embeds, ...shown.embeds],
    files,
    components: [pageButtons(request, shown), riskButtons(request, filter)],
  };
}

function filterOf({ options }: CompanyRequest): ListFilter {
  const band = options.band === undefined ? null : riskLevels.find((known) => known === options.band);
  if (band === undefined) throw new WrongChoice(`I don’t know this risk. I know: ${riskLevels.join(', ')}.`);
  return { band, page: typeof options.page === 'number' ? options.page : 1 };
}

type Buttons = APIActionRowComponent<APIButtonComponentWithCustomId>;

function pageButtons({ options: { page: _, ...options } }: CompanyRequest, { page, pages }: ShownList): Buttons {
  const turn = (label: string, to: number) => listButton(label, { ...options, page: to }, to < 1 || to > pages);
  return { type: ComponentType.ActionRow, components: [turn('Previous', page - 1), turn('Next', page + 1)] };
}

function riskButtons({ options: { page, band, ...options } }: CompanyRequest, filter: ListFilter): Buttons {
  const levels = riskLevels.map((level) => listButton(level, { ...options, band: level }, level === filter.band));
  return { type: ComponentType.ActionRow, components: [listButton('all', options, filter.band === null), ...levels] };
}

function listButton(
  label: string,
  options: CompanyRequest['options'],
  disabled: boolean,
): APIButtonComponentWithCustomId {
  const custom_id = customId({ command: 'churn', subcommand: 'list', options });
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, label, disabled, custom_id };
}

async function member(request: CompanyRequest, { sources, drawChart }: CommandContext): Promise<Reply> {
  await requireStaffChannel(request, sources);
  const { companyId, now, options } = request;
  const memberId = await linkedCustomer(companyId, String(options.user), sources);
  const report = await reports.member({ companyId, period: '30d', memberId, now: now.getTime() }, sources);
  return reportMessage(report, riskLayout, [await drawChart(views.member.charts[0](report))]);
}

async function model({ companyId, now }: CompanyRequest, { sources, drawChart }: CommandContext): Promise<Reply> {
  const report = await reports['churn-model']({ companyId, period: '30d', now: now.getTime() }, sources);
  const { layout, charts } = views['churn-model'];
  return reportMessage(report, layout, [await drawChart(charts[0](report))]);
}
