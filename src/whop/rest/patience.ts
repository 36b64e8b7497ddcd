import { UserError } from '../../domain/user-error.ts';
import type { Clock } from './clock.ts';
import { passingTrouble } from './troubles.ts';

export type Patience = {
  clock: Clock;
  stopping: AbortSignal;
  onWait(reason: string, waitMs: number): void;
};

/** With the back-off below some ten minutes. */
const mostAttempts = 16;
const longestBackOffMs = 60_000;
const longestWaitMs = 3_600_000;

/**
 * Asks until there is an answer: as long as Whop says, or longer each time, lies between two attempts.
 * @throws UserError after many in vain; what can't pass as it is
 */
export async function patiently<T>(ask: () => Promise<T>, { clock, stopping, onWait }: Patience): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      stopping.throwIfAborted();
      const trouble = passingTrouble(error, clock.now());
      if (trouble === null) throw error;
      if (attempt === mostAttempts) {
        throw new UserError(`Given up for now: ${trouble.reason}.`);
      }
      const backOffMs = Math.min(1000 * 2 ** (attempt - 1), longestBackOffMs);
      const waitMs = Math.min(trouble.waitMs || backOffMs, longestWaitMs);
      onWait(trouble.reason, waitMs);
      await clock.wait(waitMs);
    }
  }
}
