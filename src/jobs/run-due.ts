import type { Instant } from '../domain/facts.ts';
import { nextSlot } from '../domain/schedule.ts';
import { readCompanyZones } from '../store/company-zones.ts';
import { guard } from './guard.ts';
import type { JobParts, ScheduledJob } from './job.ts';
import { jobs } from './jobs.ts';
import { runJob, scheduleOf } from './run-job.ts';

/** The first time after an instant for which a job is scheduled; null where it isn't for any company. */
export async function nextTimeOf(job: ScheduledJob, parts: JobParts, after: Instant): Promise<Instant | null> {
  const { sources, companyId } = parts;
  const { timeZone } = sources.settings;
  const times: Instant[] = [];
  for (const company of await readCompanyZones(sources.database.pool, { companyId, timeZone })) {
    const schedule = await scheduleOf(job, company, parts);
    if (schedule !== null) times.push(nextSlot(schedule, after, company.timeZone).at);
  }
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * For a clock that leaps: runs once what runs on a clock, first what is scheduled. Of several days that were leapt over, the
 * newest is made up for, as after an outage.
 */
export async function runDue(parts: JobParts, now: Instant): Promise<void> {
  for (const [name, job] of Object.entries(jobs)) {
    if (!('everyMs' in job)) await guard(name, () => runJob({ name, job }, parts, now), parts);
  }
  for (const [name, job] of Object.entries(jobs)) {
    if ('everyMs' in job) await guard(name, () => job.run(parts, now), parts);
  }
}
