import { churnReport } from './churn.ts';
import { churnModelReport } from './churn-model.ts';
import { digestReport } from './digest.ts';
import { engagementReport } from './engagement.ts';
import { marketingReport } from './marketing.ts';
import { memberReport } from './member.ts';
import { membersReport } from './members.ts';
import { overviewReport } from './overview.ts';
import type { ReportMaker } from './question.ts';
import { retentionReport } from './retention.ts';
import { revenueReport } from './revenue.ts';
import { segmentsReport } from './segments.ts';
import { subscriptionsReport } from './subscriptions.ts';

/** Every report by its name. */
export const reports = {
  overview: overviewReport,
  revenue: revenueReport,
  members: membersReport,
  subscriptions: subscriptionsReport,
  retention: retentionReport,
  engagement: engagementReport,
  marketing: marketingReport,
  churn: churnReport,
  'churn-model': churnModelReport,
  segments: segmentsReport,
  member: memberReport,
  digest: digestReport,
} as const satisfies Record<string, ReportMaker>;

export type ReportName = keyof typeof reports;

/** Figures of a period: those of `/stats`, which may be shown to everyone once who is an affiliate is left out. */
export const statNames = [
  'overview',
  'revenue',
  'members',
  'subscriptions',
  'retention',
  'engagement',
  'marketing',
] as const satisfies readonly ReportName[];

export type StatName = (typeof statNames)[number];

/** All of them, for staff and terminals. */
export const reportNames = [
  ...statNames,
  'churn',
  'churn-model',
  'segments',
  'member',
  'digest',
] as const satisfies readonly ReportName[];
