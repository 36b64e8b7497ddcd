import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { reportMessage } from '../src/render/report-message.ts';
import { views } from '../src/render/views.ts';
import { reports } from '../src/reports/index.ts';
import { requireStaffChannel } from '../src/reports/staff-channel.ts';
import { linkedCustomer, whopUserNamed } from '../src/reports/who-is-who.ts';
import type { CommandContext } from './context.ts';

/** Names somebody, so that it has no option to show the answer to everyone. */
export const member: Command<CommandContext> = {
  payload: {
    name: 'member',
    description: 'One person: memberships, payments, activity and risk',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.User,
        name: 'user',
        description: 'Who in this server',
        required: true,
      },
    ],
  },
  // A button under an alert names somebody by the Whop user id.
  answersAside: true,
  needsCompany: true,
  run: async (request, { sources, drawChart }) => {
    await requireStaffChannel(request, sources);
    const { companyId, now, options } = request;
    const { user, member } = options;
    const memberId =
      member === undefined
        ? await linkedCustomer(companyId, String(user), sources)
        : (await whopUserNamed(companyId, String(member), sources)).id;
    const report = await reports.member({ companyId, period: '30d', memberId, now: now.getTime() }, sources);
    const { layout, charts } = views.member;
    return reportMessage(report, layout, [await drawChart(charts[0](report))]);
  },
};
