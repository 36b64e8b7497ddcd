import { followedMs } from '../store/alerts/alert-outcomes.ts';
import { forgetAlerts } from '../store/alerts/forget-alerts.ts';
import type { CompanySlot, JobParts, Write } from './job.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** What staff was told of somebody is kept as long as what they did, and until it isn't followed any more. */
export async function forgetOldAlerts(
  { companyId, slot }: CompanySlot,
  { activityRetentionDays }: JobParts,
): Promise<Write> {
  const keptMs = Math.max(activityRetentionDays * dayMs, followedMs);
  return (client) => forgetAlerts(client, companyId, slot.at - keptMs);
}
