import { setTimeout as sleep } from 'node:timers/promises';
import { Passing } from '../domain/user-error.ts';
import { isUnavailable } from '../store/unavailable.ts';
import { type JobParts, jobs } from './jobs.ts';

/** Runs each job again and again. What fails is logged and never ends the bot. */
export function startJobs(parts: Omit<JobParts, 'stopping' | 'since'>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = Object.keys(jobs).map((name) =>
    repeat(name, { ...parts, since: Date.now(), stopping: stopping.signal }),
  );
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function repeat(name: string, parts: JobParts): Promise<void> {
  const { log, stopping } = parts;
  const job = jobs[name];
  while (job !== undefined && !stopping.aborted) {
    try {
      await job.run(parts, Date.now());
    } catch (error) {
      if (error instanceof Passing || isUnavailable(error)) log.warn({ job: name }, 'database not reached');
      else if (!stopping.aborted) log.error({ job: name, err: error }, 'job failed');
    }
    await sleep(job.everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
