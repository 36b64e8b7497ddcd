import { ApplicationIntegrationType, InteractionContextType, PermissionFlagsBits } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { statusMessage } from '../src/render/status-message.ts';
import { readStatus } from '../src/reports/status.ts';
import type { CommandContext } from './context.ts';

export const status: Command<CommandContext> = {
  payload: {
    name: 'status',
    description: 'Whether everything arrives: last webhook, unread deliveries, history, database, version',
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  },
  needsCompany: true,
  run: async ({ companyId }, { sources, version }) => ({
    embeds: [statusMessage(await readStatus(companyId, sources), version)],
  }),
};
