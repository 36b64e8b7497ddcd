import { setTimeout as sleep } from 'node:timers/promises';

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Rejects as soon as the work is to be stopped. */
  wait(ms: number): Promise<void>;
};

export function createClock(stopping: AbortSignal): Clock {
  return { now: Date.now, wait: (ms) => sleep(ms, undefined, { signal: stopping }) };
}
