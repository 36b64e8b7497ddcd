import type { Instant } from '../domain/facts.ts';
import type { JobParts } from './job.ts';

/** Room for the activities of this month and the next, and none for months of which all is older than the time of retention. */
export async function keepActivityMonths(parts: JobParts, now: Instant): Promise<void> {
  await parts.keepActivityMonths(now);
}
