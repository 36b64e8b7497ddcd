import type { ReportMaker } from './question.ts';
import { revenueReport } from './revenue.ts';

/** Every report by its name. */
export const reports = {
  revenue: revenueReport,
} as const satisfies Record<string, ReportMaker>;

export const reportNames = ['revenue'] as const satisfies readonly (keyof typeof reports)[];
