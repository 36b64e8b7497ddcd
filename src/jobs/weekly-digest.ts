import { digestChart } from '../render/charts/digest-chart.ts';
import { digestMessage } from '../render/digest-message.ts';
import { isStaffChannel } from '../reports/digest/digest-setup.ts';
import { toldFigures } from '../reports/digest/told-figures.ts';
import { digestReport } from '../reports/digest.ts';
import { readDigestSchedule } from '../store/digest-schedule.ts';
import { type GuildSettings, readGuilds } from '../store/guild-settings.ts';
import { type DigestPost, writeDigest } from '../store/write-digest.ts';
import type { ChosenSchedule, CompanySlot, JobParts, Write } from './job.ts';

/** From then on a digest says that it is late. */
const lateAfterMs = 60 * 60 * 1000;

/** When a company has chosen to get its digest; never where it has no channel for it. */
export async function digestScheduleOf(companyId: string, { sources }: JobParts): Promise<ChosenSchedule | null> {
  const { pool } = sources.database;
  const guilds = await readGuilds(pool, companyId);
  return guilds.some(({ digestChannelId }) => digestChannelId !== null) ? readDigestSchedule(pool, companyId) : null;
}

/** Posts the digest of the last complete week before its slot to each channel for it, once a week. */
export async function weeklyDigest({ companyId, slot, now }: CompanySlot, parts: JobParts): Promise<Write> {
  const { sources, drawChart, log } = parts;
  const { pool } = sources.database;
  const report = await digestReport({ companyId, period: 'week', now: slot.at }, sources);
  const hasHistory = report.tables.some(({ key, rows }) => key === 'weeks' && rows.length > 0);
  if (!hasHistory) return nothing;
  const png = await drawChart(digestChart(report));
  const due = now - slot.at > lateAfterMs ? slot.at : null;
  const postIn = (guild: GuildSettings & { guildId: string }): DigestPost[] => {
    const { digestChannelId: channelId, guildId } = guild;
    const message = digestMessage(report, { isStaff: isStaffChannel(guild), due }, png);
    return channelId === null ? [] : [{ key: `digest ${slot.key} ${guildId}`, channelId, message }];
  };
  const posts = (await readGuilds(pool, companyId)).flatMap(postIn);
  log.info({ companyId, slot: slot.key, channels: posts.length }, 'digest made');
  return (client) => writeDigest(client, { ...toldFigures(report), posts });
}

const nothing: Write = async () => undefined;
