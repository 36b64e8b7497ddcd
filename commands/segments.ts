import { ApplicationIntegrationType, InteractionContextType, PermissionFlagsBits } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { reportMessage } from '../src/render/report-message.ts';
import { views } from '../src/render/views.ts';
import { reports } from '../src/reports/index.ts';
import type { CommandContext } from './context.ts';

export const segments: Command<CommandContext> = {
  payload: {
    name: 'segments',
    description: 'How many members are new, fading, at risk, quiet …',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  },
  needsCompany: true,
  run: async ({ companyId, now }, { sources, drawChart }) => {
    const report = await reports.segments({ companyId, period: '30d', now: now.getTime() }, sources);
    const { layout, charts } = views.segments;
    return reportMessage(report, layout, [await drawChart(charts[0](report))]);
  },
};
