import { engagementReport } from './engagement.ts';
import { membersReport } from './members.ts';
import { overviewReport } from './overview.ts';
import type { ReportMaker } from './question.ts';
import { retentionReport } from './retention.ts';
import { revenueReport } from './revenue.ts';
import { subscriptionsReport } from './subscriptions.ts';

/** Every report by its name. */
export const reports = {
  overview: overviewReport,
  revenue: revenueReport,
  members: membersReport,
  subscriptions: subscriptionsReport,
  retention: retentionReport,
  engagement: engagementReport,
} as const satisfies Record<string, ReportMaker>;

export type ReportName = keyof typeof reports;

export const reportNames = [
  'overview',
  'revenue',
  'members',
  'subscriptions',
  'retention',
  'engagement',
] as const satisfies readonly ReportName[];
