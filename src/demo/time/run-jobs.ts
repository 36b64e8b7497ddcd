import type { JobParts } from '../../jobs/job.ts';
import { jobs } from '../../jobs/jobs.ts';
import { runJob } from '../../jobs/run-job.ts';
import { tellAlerts } from '../../jobs/tell-alerts.ts';
import { digestJob, readDigestSetup } from '../../reports/digest/digest-setup.ts';

type Given = Pick<JobParts, 'sources' | 'drawChart' | 'stopping' | 'log'> & {
  companyId: string;
  guildId: string;
  /** The community's time now. */
  since: number;
};

/**
 * Runs what the bot posts by itself, by the community's clock. That clock jumps by days, so each digest that came due on the way
 * is run at its own time. Other jobs read what the sample community has no API for, or work ahead.
 */
export function createJobRunner({ guildId, ...given }: Given): (now: number) => Promise<void> {
  const ofWhop = { history: null, reconciling: null, whopChat: null, linkAsWhopSays: null };
  const parts: JobParts = { ...given, ...ofWhop, keepActivityMonths: async () => undefined };
  const { companyId, sources } = given;
  const { [digestJob]: digest } = jobs;
  if (digest === undefined || 'everyMs' in digest) throw new Error('the digest has no schedule');
  const dueAfter = async (now: number) => (await readDigestSetup({ companyId, guildId, now }, sources)).next;
  let doneUntil = given.since;
  return async (now) => {
    await tellAlerts(parts, now);
    for (let due = await dueAfter(doneUntil); due <= now; due = await dueAfter(due)) {
      await runJob({ name: digestJob, job: digest }, parts, due);
    }
    doneUntil = now;
  };
}
