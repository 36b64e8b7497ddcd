import { describe, expect, it } from 'vitest';
import { createDemoClock } from '../../../src/demo/time/demo-clock.ts';
import { passTime } from '../../../src/demo/time/pass-time.ts';
import { nextSlot } from '../../../src/domain/schedule.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.UTC(2026, 10, 24, 12);
const end = start + 8 * 7 * dayMs;
const digest = { hour: 9, minute: 0, weekday: 1 };
const digests = Array.from({ length: 8 }, (_, week) => Date.UTC(2026, 10, 30 + 7 * week, 9));

/** What was done on the way, at the clock's time, in leaps of so many days. */
async function live(leapDays: number, stopping = new AbortController().signal): Promise<[string, number][]> {
  const clock = createDemoClock({ start, end });
  const done: [string, number][] = [];
  clock.setSpeed(1);
  while (clock.now() < end) {
    await passTime(clock.after(leapDays * dayMs), {
      clock,
      deliver: async () => void done.push(['deliver', clock.now()]),
      nextStop: async (after) => nextSlot(digest, after, 'UTC').at,
      runDue: async () => void done.push(['run', clock.now()]),
      stopping,
    });
  }
  return done;
}

describe('time in the demo', () => {
  it.each([0.25, 1, 3.5, 7, 14, 60])('stops once for each digest, in leaps of %d days', async (leapDays) => {
    const done = await live(leapDays);
    const runs = done.filter(([what]) => what === 'run').map(([, at]) => at);
    expect(runs.filter((at) => digests.includes(at))).toEqual(digests);
    expect(runs).toEqual([...new Set(runs)].sort((a, b) => a - b));
    expect(runs.at(-1)).toBe(end);
    const leaps = Math.ceil(56 / leapDays);
    expect(runs.length).toBeLessThanOrEqual(leaps + digests.length);
  });

  it('delivers what has happened before the bot does what it does then', async () => {
    const done = await live(7);
    expect(done).toEqual(
      done.flatMap(([what, at]) =>
        what === 'run'
          ? [
              ['deliver', at],
              ['run', at],
            ]
          : [],
      ),
    );
  });

  it('ends between two stops once the demo is stopped', async () => {
    await expect(live(14, AbortSignal.abort())).rejects.toThrow('aborted');
  });
});
