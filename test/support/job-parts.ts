import { pino } from 'pino';
import type { JobParts } from '../../src/jobs/job.ts';

/** What a job is given where nothing is configured. */
export function jobParts(database: JobParts['sources']['database'], differs: Partial<JobParts> = {}): JobParts {
  return {
    sources: { database, settings: { timeZone: 'UTC', weekStart: 'monday', reportingCurrency: null } },
    companyId: null,
    history: null,
    reconciling: null,
    whopChat: null,
    linkAsWhopSays: null,
    drawChart: async () => null,
    activityRetentionDays: 400,
    keepActivityMonths: async () => undefined,
    since: 0,
    stopping: new AbortController().signal,
    log: pino({ level: 'silent' }),
    ...differs,
  };
}
