import type { Instant } from '../domain/facts.ts';
import { nextSlot } from '../domain/schedule.ts';
import { readCompanyZones } from '../store/company-zones.ts';
import { guard } from './guard.ts';
import type { Job, JobParts, ScheduledJob } from './job.ts';
import { runJob, scheduleOf } from './run-job.ts';

/** For a clock that leaps. */
export type DueJobs = {
  /**
   * Runs once what runs on a clock, first what is scheduled, all beside each other as the bot does. Of several days that were
   * leapt over, the newest is made up for, as after an outage.
   */
  run(now: Instant): Promise<void>;
  /** The first time after an instant for which a job is scheduled; null where it isn't for any company. */
  nextTimeOf(job: ScheduledJob, after: Instant): Promise<Instant | null>;
  /** Resolves once nothing runs in the background any more. */
  settled(): Promise<void>;
};

export function createDueJobs(jobs: Readonly<Record<string, Job>>, parts: JobParts): DueJobs {
  const inBackground = new Map<string, Promise<void>>();

  async function start(name: string, job: ScheduledJob, now: Instant): Promise<void> {
    if (inBackground.has(name)) return;
    const running = guard(name, () => runJob({ name, job }, parts, now), parts);
    if (job.inBackground !== true) return running;
    inBackground.set(
      name,
      running.finally(() => inBackground.delete(name)),
    );
  }

  return {
    run: async (now) => {
      await Promise.all(
        Object.entries(jobs).map(([name, job]) => ('everyMs' in job ? undefined : start(name, job, now))),
      );
      for (const [name, job] of Object.entries(jobs)) {
        if ('everyMs' in job) await guard(name, () => job.run(parts, now), parts);
      }
    },
    nextTimeOf: (job, after) => nextTimeOf(job, parts, after),
    settled: async () => void (await Promise.all(inBackground.values())),
  };
}

async function nextTimeOf(job: ScheduledJob, parts: JobParts, after: Instant): Promise<Instant | null> {
  const { sources, companyId } = parts;
  const { timeZone } = sources.settings;
  const times: Instant[] = [];
  for (const company of await readCompanyZones(sources.database.pool, { companyId, timeZone })) {
    const schedule = await scheduleOf(job, company, parts);
    if (schedule !== null) times.push(nextSlot(schedule, after, company.timeZone).at);
  }
  return times.length === 0 ? null : Math.min(...times);
}
