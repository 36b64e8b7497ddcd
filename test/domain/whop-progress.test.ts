import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behindPage, readsBackTo, type WhopProgress } from '../../src/domain/whop-progress.ts';

const beginning: WhopProgress = { channelId: 'feed_1', readTo: null, cursor: null, newest: null };
const minuteMs = 60_000;

describe('a reading', () => {
  it('goes back as far as history is wanted, and later a minute behind where the last one began', () => {
    expect(readsBackTo(beginning, 5000)).toBe(5000);
    expect(readsBackTo({ ...beginning, readTo: minuteMs + 7 }, 5000)).toBe(7);
  });

  it('is through where a row is older than that, and not where it is as old', () => {
    expect(behindPage(beginning, { times: [9, 5], next: 'c' }, 5)).toEqual({ ...beginning, cursor: 'c', newest: 9 });
    expect(behindPage(beginning, { times: [9, 4], next: 'c' }, 5)).toEqual({ ...beginning, readTo: 9 });
  });

  it('of an empty list is through, too', () => {
    expect(behindPage(beginning, { times: [], next: null }, 5)).toEqual({ ...beginning, readTo: 5 });
    expect(behindPage({ ...beginning, readTo: 8 }, { times: [], next: null }, 5)).toEqual({ ...beginning, readTo: 8 });
  });

  it('ends with the newest of all that it has found, over however many pages', () => {
    const descending = fc
      .uniqueArray(fc.integer({ min: 10, max: 1000 }), { minLength: 1 })
      .map((all) => all.sort((a, b) => b - a));
    fc.assert(
      fc.property(descending, fc.integer({ min: 1, max: 7 }), (times, perPage) => {
        let progress = beginning;
        for (let from = 0; from < times.length; from += perPage) {
          const next = from + perPage < times.length ? `c${from}` : null;
          progress = behindPage(progress, { times: times.slice(from, from + perPage), next }, 0);
        }
        expect(progress).toEqual({ ...beginning, readTo: times[0] });
      }),
    );
  });
});
