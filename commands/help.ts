import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import type { CommandContext } from './context.ts';

/** By what someone wants to do. */
const tasks: readonly { task: string; how: string }[] = [
  { task: 'See the money', how: '`/stats revenue`: MRR, revenue, refunds and plans, for any period' },
  { task: 'Show it to others', how: 'Add `public: True`; otherwise only you see an answer' },
  { task: 'Change the period', how: 'Press a button below the answer, or use the option `period`' },
  { task: 'Check that data arrives', how: '`/status`: last webhook, unread deliveries, database and version' },
];

export const help: Command<CommandContext> = {
  payload: {
    name: 'help',
    description: 'What you can ask, and how',
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  },
  needsCompany: false,
  run: async () => ({
    embeds: [
      {
        title: 'What you can ask',
        fields: tasks.map(({ task, how }) => ({ name: task, value: how })),
        footer: { text: 'Figures are for people with the Manage Server permission.' },
      },
    ],
  }),
};
