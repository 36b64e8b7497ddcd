import type { APIEmbed } from 'discord.js';
import type { Instant } from '../domain/facts.ts';
import type { DigestSetup } from '../reports/digest/digest-setup.ts';

const color = 0x2f9e8f;

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const noChannel = 'Choose a channel for it with `/setup server`: until then none is posted.';

/** When the digest is posted and where, and the next time on the company's own clocks. */
export function scheduleEmbed({ schedule, timeZone, next, channelId }: DigestSetup): APIEmbed {
  const day = weekdayNames[(schedule.weekday ?? 1) - 1] ?? 'Monday';
  const hour = `${String(schedule.hour).padStart(2, '0')}:00`;
  return {
    title: 'Weekly digest',
    color,
    description: `Each ${day} at ${hour} (${timeZone}), of the last complete week.`,
    fields: [
      { name: 'Next', value: `${localTime(next, timeZone)} (${timeZone})` },
      { name: 'Where', value: channelId === null ? noChannel : `<#${channelId}>` },
    ],
  };
}

export function sentEmbed(channelId: string): APIEmbed {
  return { title: 'On its way', color, description: `The digest of the last complete week goes to <#${channelId}>.` };
}

function localTime(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    dateStyle: 'full',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(at);
}
