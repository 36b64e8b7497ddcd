import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, whopRequestsPerMinute } from '../../../src/whop/rest/pace.ts';
import { busiestMinute } from '../../support/whop/api/requests.ts';

/** When requests leave that take so long each, on a clock that only waiting and working move. */
async function departures(perMinute: number, tookMs: readonly number[], begin = 0): Promise<number[]> {
  let now = begin;
  const clock = {
    now: () => now,
    wait: async (ms: number) => {
      now += ms;
    },
  };
  const pace = createPace(perMinute, clock);
  const times: number[] = [];
  for (const took of tookMs) {
    await pace();
    times.push(now);
    now += took;
  }
  return times;
}

describe('the pace', () => {
  it('lets no more leave within any minute than it should, however long they take', async () => {
    const durations = fc.array(fc.oneof(fc.constant(0), fc.nat(300), fc.nat(90_000)), { maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), durations, async (perMinute, tookMs) => {
        expect(busiestMinute(await departures(perMinute, tookMs))).toBeLessThanOrEqual(perMinute);
      }),
    );
  });

  it('comes close to Whop’s limit and stays below, also across a start anew', async () => {
    const before = await departures(whopRequestsPerMinute, Array(1000).fill(5));
    const after = await departures(whopRequestsPerMinute, Array(1000).fill(5), (before.at(-1) ?? 0) + 200);
    const busiest = busiestMinute([...before, ...after]);
    expect(busiest).toBeLessThanOrEqual(600);
    expect(busiest).toBeGreaterThan(550);
  });

  it('isn’t held up by a clock that is set back', async () => {
    let now = 10_000_000;
    let waited = 0;
    const clock = {
      now: () => now,
      wait: async (ms: number) => {
        waited += ms;
      },
    };
    const pace = createPace(600, clock);
    await pace();
    now = 0;
    await pace();
    expect(waited).toBeLessThanOrEqual(101);
  });
});
