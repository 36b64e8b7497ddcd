import type { Pool } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import type { IngestParts } from '../ingest.ts';
import { inTransaction } from '../transaction.ts';
import type { ActivityPage } from './activity-page.ts';
import { isKept, makePartitions, monthOfInstant } from './partitions.ts';
import { writeMarks } from './read-marks.ts';
import { type Activities, recordActivities } from './record-activities.ts';
import { writeWhopProgress } from './whop-progress.ts';

/** How long activities are kept where nobody has said. */
export const defaultRetentionDays = 400;

type Recording = Pick<IngestParts, 'pool' | 'activityRetentionDays' | 'ownWhopUserId'>;
type Parts = Recording & Pick<IngestParts, 'settings'>;

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
    return count;
  });
}

/**
 * Those activities that are to be stored, once there is room for their months: not the bot's own, and what is older than the
 * time of retention was perhaps counted before it was dropped, and must not be counted again.
 */
export async function readyToRecord<A extends Activities>(
  { pool, activityRetentionDays = defaultRetentionDays, ownWhopUserId = null }: Recording,
  told: A,
  now: Instant,
): Promise<A> {
  const activities = told.activities.filter(
    ({ at, accountId }) => accountId !== ownWhopUserId && isKept(at, now, activityRetentionDays),
  );
  await makeRoom(
    pool,
    activities.map(({ at }) => at),
  );
  return { ...told, activities };
}

/** Months that were seen to have a partition; those that lose it are older than anything that is recorded. */
const roomyMonths = new WeakMap<Pool, Set<string>>();

/** Outside of any transaction that writes activities: whoever makes the same partition would wait for its end. */
export async function makeRoom(pool: Pool, instants: readonly Instant[]): Promise<void> {
  const roomy = roomyMonths.get(pool) ?? new Set();
  roomyMonths.set(pool, roomy);
  const missing = new Set(instants.map(monthOfInstant).filter((month) => !roomy.has(month)));
  if (missing.size === 0) return;
  await makePartitions(pool, missing);
  for (const month of missing) roomy.add(month);
}
