import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { managesServer } from '../src/discord/asker.ts';
import type { Command } from '../src/discord/command.ts';
import type { CommandContext } from './context.ts';

/** `forAll`: what Discord and the bot let everyone run. */
type Entry = { command: string; how: string; forAll?: true };

/** By what someone wants to do; a test holds it to the list of commands. */
const tasks: readonly { task: string; entries: readonly Entry[] }[] = [
  {
    task: 'See revenue',
    entries: [
      { command: '/stats revenue', how: 'MRR and how it moved, net revenue, refunds, failed payments, plans' },
      { command: '/stats overview', how: 'the few figures that tell how your community is' },
      { command: '/stats subscriptions', how: 'what became of trials, changes of plan, why people cancel' },
      { command: '/stats marketing', how: 'what promo codes and affiliates bring, how new customers came' },
      { command: '/stats retention', how: 'how long customers keep paying: survival curve, monthly cohorts' },
    ],
  },
  {
    task: 'See the people',
    entries: [
      { command: '/stats members', how: 'who is in, who came and who went' },
      { command: '/stats engagement', how: 'who shows up, when and where people write' },
      { command: '/segments', how: 'how many are new, fading, at risk or quiet' },
      { command: '/member', how: 'one person: memberships, payments, activity and risk' },
    ],
  },
  {
    task: 'Find who is about to leave',
    entries: [
      { command: '/churn list', how: 'members by revenue at risk: how likely, why, what to do' },
      { command: '/churn member', how: 'the same of one member' },
      { command: '/churn model', how: 'how often it was right' },
    ],
  },
  {
    task: 'Hear of what can’t wait',
    entries: [
      { command: '/alerts settings', how: 'which alerts come to the staff channel, and when' },
      { command: '/alerts mute', how: 'leave one kind out for a while' },
    ],
  },
  {
    task: 'Post a weekly digest',
    entries: [
      { command: '/digest preview', how: 'what it would say now, for you alone' },
      { command: '/digest send', how: 'post it now' },
      { command: '/digest schedule', how: 'on which day and at which hour it comes by itself' },
    ],
  },
  {
    task: 'Take figures elsewhere',
    entries: [{ command: '/export', how: 'the numbers behind a report, as CSV files, for you alone' }],
  },
  {
    task: 'Connect this server',
    entries: [
      { command: '/setup server', how: 'channels, staff, time zone, currency and week, and what is missing' },
      { command: '/setup link', how: 'connect the server to a Whop company of which you are an admin' },
      { command: '/setup unlink', how: 'undo that' },
      { command: '/status', how: 'whether everything arrives' },
    ],
  },
  {
    task: 'Who is who',
    entries: [
      {
        command: '/link me',
        how: 'say who you are on Whop, so that what you do here and there is one person’s',
        forAll: true,
      },
      { command: '/link forget', how: 'undo that, and keep it so', forAll: true },
      { command: '/link member', how: 'say it for somebody else' },
      { command: '/link suggestions', how: 'who has the same name here and on Whop' },
      { command: '/link remove', how: 'undo that' },
    ],
  },
  {
    task: 'Privacy',
    entries: [
      { command: '/privacy what', how: 'what is stored about you', forAll: true },
      { command: '/privacy opt-out', how: 'be neither scored nor listed', forAll: true },
      { command: '/privacy forget', how: 'remove what names you or leads to you', forAll: true },
    ],
  },
  { task: 'Read this again', entries: [{ command: '/help', how: 'what you can ask, and how', forAll: true }] },
];

const hints = [
  '`period` or the buttons below an answer change the time, `plan` asks for one plan alone,',
  '`public: True` shows the answer to the channel; otherwise only you see it.',
].join(' ');

export const help: Command<CommandContext> = {
  payload: {
    name: 'help',
    description: 'What you can ask, and how',
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  },
  needsCompany: false,
  run: async ({ asker }) => {
    const isStaff = managesServer(asker);
    const fields = tasks.flatMap(({ task, entries }) => {
      const open = entries.filter(({ forAll }) => isStaff || forAll);
      return open.length === 0 ? [] : [{ name: task, value: open.map(line).join('\n') }];
    });
    const footer = { text: 'Figures are for people with the Manage Server permission.' };
    return { embeds: [{ title: 'What you can do', fields, ...(isStaff ? { description: hints } : { footer }) }] };
  },
};

function line({ command, how }: Entry): string {
  return `\`${command}\`: ${how}`;
}
