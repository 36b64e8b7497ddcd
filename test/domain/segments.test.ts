import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SegmentFacts, segmentOf, segments } from '../../src/domain/segments.ts';

type Told = { activity?: object | null; band?: SegmentFacts['band']; pays?: boolean } & Record<string, unknown>;

const quiet = {
  ...{ seenDays: 100, last7: 0, last28: 0, earlierPerWeek: 0, activeDays7: 0, activeDays14: 0, activeDays28: 0 },
  ...{ activeDaysBefore: 0, silentDays: null, usualGapDays: null, channels: 0, kinds: new Map() },
};

/** A member for 200 days who pays and does nothing, but for what is said. */
function member({ activity, band = 'low', pays = true, ...view }: Told = {}): SegmentFacts {
  const seen = activity === null ? null : { ...quiet, ...activity };
  return {
    ...{ band, pays },
    view: { tenureDays: 200, earlierSpells: 0, cancellation: null, pastDue: false, activity: seen, ...view },
  };
}

const cancellation = { at: 0, endsAt: null, takenBackAt: null };

describe('segments', () => {
  it('have every member in exactly one', () => {
    const anybody = fc.record({
      tenureDays: fc.double({ min: 0, max: 1000, noNaN: true }),
      earlierSpells: fc.integer({ min: 0, max: 3 }),
      pastDue: fc.boolean(),
      cancellation: fc.constantFrom(null, cancellation),
      band: fc.constantFrom('low' as const, 'medium' as const, 'high' as const, null),
      pays: fc.boolean(),
      activity: fc.option(
        fc.record({
          activeDays14: fc.integer({ min: 0, max: 14 }),
          activeDays28: fc.integer({ min: 0, max: 28 }),
          activeDaysBefore: fc.option(fc.integer({ min: 0, max: 28 })),
        }),
      ),
    });
    fc.assert(fc.property(anybody, (facts) => segments.includes(segmentOf(member(facts)))));
  });

  it.each<[string, Told, string]>([
    ['a cancellation before all', { cancellation, pastDue: true, band: 'high' }, 'scheduled to leave'],
    ['a failed payment before the risk', { pastDue: true, band: 'high' }, 'past due'],
    ['a high risk before how new somebody is', { band: 'high', tenureDays: 3 }, 'at risk'],
    ['a medium risk as no segment of its own', { band: 'medium' }, 'quiet payer'],
    ['29 days as new', { tenureDays: 29.9 }, 'new'],
    ['30 days as no longer new', { tenureDays: 30 }, 'quiet payer'],
    ['who came back 89 days ago as won back', { tenureDays: 89, earlierSpells: 1 }, 'won back'],
    ['who came back 90 days ago as anybody', { tenureDays: 90, earlierSpells: 1 }, 'quiet payer'],
    ['less than half the active days as fading', { activity: { activeDaysBefore: 8, activeDays14: 1 } }, 'fading'],
    ['half of them as not', { activity: { activeDaysBefore: 8, activeDays14: 2, activeDays28: 4 } }, 'core'],
    ['few days before as nothing to fade from', { activity: { activeDaysBefore: 3 } }, 'quiet payer'],
    ['4 active days as core', { activity: { activeDays28: 4 } }, 'core'],
    ['3 of somebody who pays as quiet', { activity: { activeDays28: 3 } }, 'quiet payer'],
    ['who doesn’t pay and does little as dormant', { pays: false, activity: { activeDays28: 3 } }, 'dormant'],
    ['who can’t be seen by what they pay', { activity: null }, 'quiet payer'],
  ])('take %s', (_what, facts, segment) => {
    expect(segmentOf(member(facts))).toBe(segment);
  });
});
