import { digestJob } from '../reports/digest/digest-setup.ts';
import { forgetOldAlerts } from './forget-old-alerts.ts';
import { forgetOldRuns } from './forget-old-runs.ts';
import type { Job, ScheduledJob } from './job.ts';
import { keepActivityMonths } from './keep-activity-months.ts';
import { linkAsWhopSays } from './link-as-whop-says.ts';
import { readHistories } from './read-histories.ts';
import { readWhopChat } from './read-whop-chat.ts';
import { reconcileNightly } from './reconcile-nightly.ts';
import { refitChurn } from './refit-churn.ts';
import { scanCompanyChurn } from './scan-churn.ts';
import { tellAlerts } from './tell-alerts.ts';
import { digestScheduleOf, weeklyDigest } from './weekly-digest.ts';

const dayMs = 24 * 60 * 60 * 1000;

export const digest: ScheduledJob = { schedule: digestScheduleOf, lateMs: 2 * dayMs, run: weeklyDigest };

/** What runs on a clock. Scheduled ones run at night, and at different times, so that they aren't in each other's way. */
export const jobs: Readonly<Record<string, Job>> = {
  'read-histories': { everyMs: 60_000, run: readHistories },
  'read-whop-chat': { everyMs: 5 * 60_000, run: readWhopChat },
  'link-as-whop-says': { everyMs: 3_600_000, run: linkAsWhopSays },
  'tell-alerts': { everyMs: 60_000, run: tellAlerts },
  'keep-activity-months': { everyMs: dayMs / 4, run: keepActivityMonths },
  'reconcile-nightly': { schedule: { hour: 4, minute: 10, weekday: null }, lateMs: dayMs, run: reconcileNightly },
  'forget-old-alerts': { schedule: { hour: 3, minute: 20, weekday: null }, lateMs: dayMs, run: forgetOldAlerts },
  'forget-old-runs': { schedule: { hour: 3, minute: 10, weekday: 7 }, lateMs: dayMs, run: forgetOldRuns },
  'refit-churn': {
    schedule: { hour: 2, minute: 40, weekday: 1 },
    lateMs: 6 * dayMs,
    inBackground: true,
    run: refitChurn,
  },
  'scan-churn': { schedule: { hour: 5, minute: 10, weekday: null }, lateMs: dayMs, run: scanCompanyChurn },
  [digestJob]: digest,
};
