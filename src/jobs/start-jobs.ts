import { setTimeout as sleep } from 'node:timers/promises';
import { schedule } from 'node-cron';
import { guard } from './guard.ts';
import type { JobParts, RepeatedJob } from './job.ts';
import { jobs } from './jobs.ts';
import { runJob } from './run-job.ts';

/** Runs each job when its time comes. What fails is logged and never ends the bot. */
export function startJobs(given: Omit<JobParts, 'stopping' | 'since'>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const parts: JobParts = { ...given, since: Date.now(), stopping: stopping.signal };
  const started = Object.entries(jobs).map(([name, job]) =>
    'everyMs' in job
      ? startRepeated(name, job, parts)
      : startScheduled(name, () => runJob({ name, job }, parts, Date.now()), parts),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(started.map((stop) => stop()));
    },
  };
}

type Stop = () => Promise<void>;

function startRepeated(name: string, job: RepeatedJob, parts: JobParts): Stop {
  const repeat = async () => {
    while (!parts.stopping.aborted) {
      await guard(name, () => job.run(parts, Date.now()), parts);
      await sleep(job.everyMs, undefined, { signal: parts.stopping }).catch(() => undefined);
    }
  };
  const running = repeat();
  return () => running;
}

/** Looks every minute whether a slot has come, and at once for one that was missed. */
function startScheduled(name: string, run: () => Promise<void>, parts: JobParts): Stop {
  let running: Promise<void> | null = null;
  const look = () => {
    running ??= guard(name, run, parts).finally(() => {
      running = null;
    });
  };
  look();
  const task = schedule('* * * * *', look);
  return async () => {
    await task.destroy();
    await running;
  };
}
