import type { APIEmbed } from 'discord.js';
import type { Setup } from '../reports/setup.ts';
import { outsideName } from './outside-name.ts';

const colors = { complete: 0x2f9e8f, incomplete: 0xd97706 };

/** A channel in which the bot lacks permissions; null for all, where it can't be seen. */
export type ChannelLack = { channelId: string; missing: readonly string[] | null };

/** How a server is set up, what is still missing, and how each step is done. */
export function setupMessage(setup: Setup, lacks: readonly ChannelLack[]): APIEmbed {
  const missing = missingSteps(setup);
  const done = missing.length === 0 && lacks.length === 0;
  return {
    title: done ? 'Everything is set up' : 'Still to be set up',
    color: done ? colors.complete : colors.incomplete,
    fields: [
      ...(missing.length === 0 ? [] : [{ name: 'Missing', value: missing.join('\n') }]),
      ...(lacks.length === 0 ? [] : [{ name: 'Permissions that I need', value: lacks.map(lackLine).join('\n') }]),
      ...present(setup).map(([name, value]) => ({ name, value, inline: true })),
    ],
    footer: { text: 'Each of these can be set again at any time: /setup server' },
  };
}

function missingSteps({ staffChannelId, digestChannelId }: Setup): string[] {
  return [
    ...(staffChannelId === null ? ['Where should alerts go? `/setup server staff_channel`'] : []),
    ...(digestChannelId === null ? ['Where should the weekly digest go? `/setup server digest_channel`'] : []),
  ];
}

function lackLine({ channelId, missing }: ChannelLack): string {
  if (missing === null) return `<#${channelId}>: I can’t see it: allow me View Channel, or choose another one`;
  return `<#${channelId}>: ${missing.join(', ')}`;
}

function present(setup: Setup): [string, string][] {
  const { company, staffChannelId, digestChannelId, staffRoleId, timeZone, reportingCurrency, weekStart } = setup;
  return [
    ['Company', outsideName(company, 200)],
    ['Alerts', staffChannelId === null ? 'nowhere' : `<#${staffChannelId}>`],
    ['Weekly digest', digestChannelId === null ? 'nowhere' : `<#${digestChannelId}>`],
    ['Staff role', staffRoleId === null ? 'none' : `<@&${staffRoleId}>`],
    ['Time zone', timeZone],
    ['Currency', reportingCurrency ?? 'the one most paid in'],
    ['Weeks begin on', `${weekStart.charAt(0).toUpperCase()}${weekStart.slice(1)}`],
  ];
}
