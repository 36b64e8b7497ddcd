import type { Instant } from '../domain/facts.ts';
import type { JobParts } from './job.ts';

/** Months of activities go as soon as all of one is older than the time of retention; what is gone already stays gone. */
export async function dropOldActivities(parts: JobParts, now: Instant): Promise<void> {
  await parts.dropOldActivities(now);
}
