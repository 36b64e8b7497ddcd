import { Passing } from '../domain/user-error.ts';
import { isUnavailable } from '../store/unavailable.ts';
import type { JobParts } from './job.ts';

/** Logs what fails, and never ends the bot. */
export async function guard(job: string, work: () => Promise<void>, { log, stopping }: JobParts): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Passing || isUnavailable(error)) log.warn({ job }, 'database not reached');
    else if (!stopping.aborted) log.error({ job, err: error }, 'job failed');
  }
}
