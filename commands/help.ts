import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import type { CommandContext } from './context.ts';

/** By what someone wants to do. */
const tasks: readonly { task: string; how: string }[] = [
  { task: 'See how it goes', how: '`/stats overview`: the few figures that tell how your community is' },
  { task: 'See the money', how: '`/stats revenue`: MRR and how it moved, revenue, refunds and plans' },
  { task: 'See the people', how: '`/stats members`: who is in, who came and who went' },
  { task: 'See trials and cancellations', how: '`/stats subscriptions`: what became of trials, why people leave' },
  { task: 'See how long they stay', how: '`/stats retention`: the survival curve and monthly cohorts' },
  {
    task: 'See who is about to leave',
    how: '`/churn list`: how likely, why, what it costs; `/churn model`: how often it was right',
  },
  { task: 'See one person', how: '`/member`: memberships, payments, activity and risk, for you alone' },
  { task: 'See who is new, fading or quiet', how: '`/segments`' },
  {
    task: 'See what is stored about you',
    how: '`/privacy what`, for everyone; `/privacy opt-out` and `/privacy forget`',
  },
  { task: 'See one plan alone', how: 'Add `plan`; its names are offered while you type' },
  { task: 'Show it to others', how: 'Add `public: True`; otherwise only you see an answer' },
  { task: 'Change the period', how: 'Press a button below the answer, or use the option `period`' },
  { task: 'Say who you are on Whop', how: '`/link me`, for everyone: what you do here and there is then one person’s' },
  {
    task: 'Set this server up',
    how: '`/setup server`: channels, staff, time zone, currency and week, and what is missing',
  },
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
