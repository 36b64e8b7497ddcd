import { setTimeout as sleep } from 'node:timers/promises';
import { Passing } from '../../domain/user-error.ts';
import type { Log } from '../../log.ts';
import { errorFacts } from '../error-facts.ts';

const firstPauseMs = 250;
const longestPauseMs = 30_000;

/** Repeats `work` until it succeeds, with growing pauses; null once `stopping` is aborted. */
export async function patiently<T>(
  work: () => Promise<T>,
  { stopping, log, task }: { stopping: AbortSignal; log: Log; task: Readonly<Record<string, string>> },
): Promise<T | null> {
  for (let pauseMs = firstPauseMs; !stopping.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (stopping.aborted) break;
      const facts = error instanceof Passing ? 'database not reached' : errorFacts(error);
      log.warn({ ...task, error: facts, retryMs: pauseMs }, 'to be tried again');
    }
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => undefined);
  }
  return null;
}
