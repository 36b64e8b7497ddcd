import type { Instant } from '../../domain/facts.ts';
import { nextSlot, type Schedule } from '../../domain/schedule.ts';
import { effectiveSettings } from '../../store/company-settings.ts';
import { type DigestChoice, readDigestSchedule } from '../../store/digest-schedule.ts';
import { readGuilds } from '../../store/guild-settings.ts';
import { readFreeSlots } from '../../store/job-run.ts';
import type { Sources } from '../question.ts';

export type { DigestChoice };

/** The name by which runs of the job are kept. */
export const digestJob = 'weekly-digest';

export type DigestSetup = {
  schedule: Schedule;
  timeZone: string;
  /** When the next one is due. */
  next: Instant;
  /** Where it is posted in the guild that asks; null where that isn't set up. */
  channelId: string | null;
  /** Whether only staff sees that channel. */
  isStaff: boolean;
};

export async function readDigestSetup(
  { companyId, guildId, now }: { companyId: string; guildId: string; now: Instant },
  { database: { pool }, settings }: Sources,
): Promise<DigestSetup> {
  const [schedule, { timeZone }, guilds] = await Promise.all([
    readDigestSchedule(pool, companyId),
    effectiveSettings(pool, companyId, settings),
    readGuilds(pool, companyId),
  ]);
  const guild = guilds.find((one) => one.guildId === guildId);
  const channelId = guild?.digestChannelId ?? null;
  const slot = nextSlot(schedule, now, timeZone);
  // Of a week that has had its digest, another weekday makes no second one.
  const [free] = await readFreeSlots(pool, [{ companyId, job: digestJob, slot }]);
  const next = free === undefined ? nextSlot(schedule, slot.at, timeZone) : slot;
  return { schedule, timeZone, next: next.at, channelId, isStaff: isStaffChannel(guild) };
}

/** The digest names people only where the channel is the one that staff is told things in. */
export function isStaffChannel(
  guild: { digestChannelId: string | null; staffChannelId: string | null } | undefined,
): boolean {
  return guild !== undefined && guild.digestChannelId !== null && guild.digestChannelId === guild.staffChannelId;
}
