import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import type { IngestParts } from '../ingest.ts';
import { inTransaction } from '../transaction.ts';
import type { ActivityPage, ReadMark } from './activity-page.ts';
import { isKept, makePartitions, monthOfInstant } from './partitions.ts';
import { type Activities, recordActivities } from './record-activities.ts';
import { writeChannelNames, writeWhopProgress } from './write-channels.ts';

/** How long activities are kept where nobody has said. */
const defaultRetentionDays = 400;

type Parts = Pick<IngestParts, 'pool' | 'settings' | 'activityRetentionDays'>;

/**
 * Commits activities, the sums that follow from them and how far their channels are read, in one transaction; repeats change
 * nothing.
 * @returns how many of them are new
 */
export async function commitActivities(parts: Parts, page: ActivityPage, now: Instant): Promise<number> {
  const { companyId, marks = [] } = page;
  const told = await readyToRecord(parts, page, now);
  return inTransaction(parts.pool, { activities: [companyId] }, async (client) => {
    const count = await recordActivities(client, told, parts.settings);
    await writeMarks(client, companyId, marks);
    await writeWhopProgress(client, companyId, page.whopProgress ?? []);
    await writeChannelNames(client, page, page.names ?? []);
    return count;
  });
}

/**
 * Those activities that can be stored, once there is room for their months: what is older than the time of retention was
 * perhaps counted before it was dropped, and must not be counted again.
 */
export async function readyToRecord<A extends Activities>(
  { pool, activityRetentionDays = defaultRetentionDays }: Pick<Parts, 'pool' | 'activityRetentionDays'>,
  told: A,
  now: Instant,
): Promise<A> {
  const activities = told.activities.filter(({ at }) => isKept(at, now, activityRetentionDays));
  await makeRoom(pool, activities);
  return { ...told, activities };
}

/** Months that were seen to have a partition; those that lose it are older than anything that is recorded. */
const roomyMonths = new WeakMap<Pool, Set<string>>();

/** Outside of any transaction that writes activities: whoever makes a partition waits for all of those. */
async function makeRoom(pool: Pool, activities: Activities['activities']): Promise<void> {
  const roomy = roomyMonths.get(pool) ?? new Set();
  roomyMonths.set(pool, roomy);
  const missing = new Set(activities.map(({ at }) => monthOfInstant(at)).filter((month) => !roomy.has(month)));
  if (missing.size === 0) return;
  await makePartitions(pool, missing);
  for (const month of missing) roomy.add(month);
}

async function writeMarks(client: PoolClient, companyId: string, marks: readonly ReadMark[]): Promise<void> {
  if (marks.length === 0) return;
  const byChannel = new Map(marks.map((mark) => [mark.channelId, mark]));
  const last = [...byChannel.values()];
  await client.query(
    `insert into discord_channel as kept (company_id, id, guild_id, read_to)
     select $1, id, guild_id, read_to from unnest($2::text[], $3::text[], $4::numeric[]) as mark (id, guild_id, read_to)
     on conflict (company_id, id) do update set read_to = greatest(kept.read_to, excluded.read_to)`,
    [
      companyId,
      last.map(({ channelId }) => channelId),
      last.map(({ guildId }) => guildId),
      last.map(({ readTo }) => readTo),
    ],
  );
}
