import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoClock } from './demo-clock.ts';

export type Future = {
  clock: DemoClock;
  /** Does all that is due until an instant, and moves the clock there. */
  passTime(to: number): Promise<void>;
  /** Done again and again, also while the clock stands still. */
  always(): Promise<void>;
  stopping: AbortSignal;
};

const stepMs = 250;
/** A step that took longer doesn't make the next one ever longer. */
const longestStepMs = 2000;

/** Lets the community's time pass until it is told to stop. Where the machine is slow, so is the community's time. */
export async function playFuture({ clock, passTime, always, stopping }: Future): Promise<void> {
  let lastAt = performance.now();
  while (await passed(lastAt + stepMs - performance.now(), stopping)) {
    const elapsedMs = performance.now() - lastAt;
    lastAt += elapsedMs;
    await always();
    if (clock.pace().speed === 0) continue;
    await passTime(clock.after(Math.min(elapsedMs, longestStepMs)));
  }
}

/** False once it is stopped. */
async function passed(ms: number, stopping: AbortSignal): Promise<boolean> {
  await sleep(Math.max(0, ms), undefined, { signal: stopping }).catch(() => undefined);
  return !stopping.aborted;
}
