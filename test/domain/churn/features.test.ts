import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresOf, featureValues } from '../../../src/domain/churn/features.ts';
import { dayMs, type MemberHistory } from '../../../src/domain/churn/member-history.ts';
import { viewBefore } from '../../../src/domain/churn/member-view.ts';
import { member } from '../../support/churn/member-history.ts';

const features = featuresOf([{ kind: 'message', valued: true }]);
const landmark = 100;

function viewOf(history: MemberHistory, at = landmark * dayMs) {
  return viewBefore(history, { membershipId: 'mem_1', at, observedFrom: 0 });
}

function featureOf(name: string, history: MemberHistory): number | undefined {
  return featureValues(features, viewOf(history))[features.findIndex((feature) => feature.name === name)];
}

function wordsOf(name: string, history: MemberHistory): string | null | undefined {
  return features.find((feature) => feature.name === name)?.words?.(viewOf(history));
}

const times = fc.integer({ min: -60, max: 60 }).map((day) => (landmark + day) * dayMs);
const ofLater = (history: MemberHistory, from: number): MemberHistory => ({
  ...history,
  memberships: history.memberships.map((stretch) => ({
    ...stretch,
    end: stretch.end >= from ? Number.POSITIVE_INFINITY : stretch.end,
    terms: stretch.terms.filter(({ since }) => since < from),
    cancellations: stretch.cancellations
      .filter(({ at }) => at < from)
      .map((one) => ({ ...one, takenBackAt: (one.takenBackAt ?? from) < from ? one.takenBackAt : null })),
  })),
  bills: history.bills.filter(({ at }) => at < from),
  activity: history.activity?.filter(({ day }) => day < from) ?? null,
});

const terms = fc.record({
  since: times,
  periodDays: fc.option(fc.constantFrom(30, 365)),
  monthlyPriceMinor: fc.option(fc.nat(9_000)),
  trialEnd: fc.option(times),
  discountEnd: fc.option(times),
});
const histories: fc.Arbitrary<MemberHistory> = fc.record({
  memberId: fc.constant('mber_1'),
  memberships: fc.tuple(
    fc.record({
      id: fc.constant('mem_1'),
      start: fc.constant(60 * dayMs),
      end: fc.integer({ min: landmark + 1, max: 300 }).map((day) => day * dayMs),
      terms: fc.array(terms, { maxLength: 3 }),
      cancellations: fc.array(fc.record({ at: times, endsAt: fc.option(times), takenBackAt: fc.option(times) }), {
        maxLength: 2,
      }),
    }),
    fc.record({
      id: fc.constant('mem_0'),
      start: fc.constant(0),
      end: fc.integer({ min: 1, max: 90 }).map((day) => day * dayMs),
      terms: fc.constant([]),
      cancellations: fc.constant([]),
    }),
  ),
  bills: fc.array(fc.record({ at: times, amountMinor: fc.nat(9_000), failed: fc.boolean() }), { maxLength: 6 }),
  activity: fc.option(
    fc.array(
      fc.record({
        day: times,
        kind: fc.constantFrom('message', 'reaction'),
        channel: fc.constantFrom('a', 'b'),
        count: fc.integer({ min: 1, max: 9 }),
        value: fc.nat(90),
      }),
      { maxLength: 30 },
    ),
  ),
});

describe('the features', () => {
  it('don’t change with anything that happens at the landmark or later', () => {
    const at = landmark * dayMs;
    const later = fc.tuple(histories, histories).map(([history, other]): MemberHistory[] => {
      const others = {
        bills: other.bills.filter((bill) => bill.at >= at),
        activity: (other.activity ?? []).filter(({ day }) => day >= at),
      };
      const past = ofLater(history, at);
      return [
        past,
        history,
        {
          ...past,
          bills: [...past.bills, ...others.bills],
          activity: past.activity && [...past.activity, ...others.activity],
        },
        {
          ...past,
          memberships: [
            ...past.memberships,
            { id: 'mem_2', start: at + 1, end: at + dayMs, terms: [], cancellations: [] },
          ],
        },
      ];
    });
    fc.assert(
      fc.property(later, ([past, ...futures]) => {
        const known = past && featureValues(features, viewOf(past));
        for (const future of futures) expect(featureValues(features, viewOf(future))).toEqual(known);
      }),
      { numRuns: 300 },
    );
  });

  it('change with what happened just before', () => {
    const quiet = member({ activeOn: [50] });
    const active = member({ activeOn: [50, 99] });
    expect(featureOf('activities in 7 days', quiet)).toBe(0);
    expect(featureOf('activities in 7 days', active)).toBeGreaterThan(0);
    expect(featureOf('past due', member({ bills: [{ at: 99, failed: true }] }))).toBe(1);
  });

  it('count what can’t be seen as unknown, and what doesn’t happen as nothing', () => {
    const engagement = features.flatMap(({ group }, i) => (group === 'engagement' ? [i] : []));
    const unseen = featureValues(features, viewOf(member({ activeOn: null })));
    expect(engagement.every((i) => Number.isNaN(unseen[i]))).toBe(true);
    expect(featureOf('activities in 28 days', member({}))).toBe(0);
    expect(featureOf('never active', member({}))).toBe(1);
    expect(featureOf('days since the last activity', member({}))).toBeNaN();
    expect(featureOf('price', member({}))).toBeNaN();
  });

  it('know on which side of 30 days the next bill is', () => {
    const yearly = (startedOn: number) =>
      member({
        start: startedOn,
        terms: [
          { since: startedOn * dayMs, periodDays: 365, monthlyPriceMinor: null, trialEnd: null, discountEnd: null },
        ],
      });
    expect(featureOf('no bill within 30 days', yearly(landmark + 30 - 365))).toBe(0);
    expect(featureOf('no bill within 30 days', yearly(landmark + 31 - 365))).toBe(1);
    expect(featureOf('no bill within 30 days', member({}))).toBeNaN();
  });

  it('learn from bills what a month costs, where no plan tells', () => {
    expect(viewOf(member({ bills: [{ at: 10 }, { at: 25 }, { at: 40 }] })).monthlyPriceMinor).toBe(5800);
    expect(viewOf(member({ bills: [{ at: 10 }] })).monthlyPriceMinor).toBeNull();
  });

  it('learn from bills how often they come', () => {
    expect(viewOf(member({ bills: [{ at: 10 }, { at: 40 }, { at: 70 }] }))).toMatchObject({
      periodDays: 30,
      nextBillAt: 100 * dayMs,
    });
    expect(viewOf(member({ bills: [{ at: 10 }, { at: 40 }] }))).toMatchObject({ periodDays: null, nextBillAt: null });
  });

  it('know a cancellation until it is taken back', () => {
    const cancelled = (takenBackAt: number | null) =>
      member({ cancellations: [{ at: 90 * dayMs, endsAt: 120 * dayMs, takenBackAt }] });
    expect(featureOf('cancellation scheduled', cancelled(null))).toBe(1);
    expect(featureOf('cancellation scheduled', cancelled(95 * dayMs))).toBe(0);
    expect(featureOf('cancellation later than 30 days', cancelled(null))).toBe(0);
  });

  it('say in numbers what they saw', () => {
    const faded = member({ activeOn: [60, 65, 70, 75, 80] });
    expect(wordsOf('change of active days', faded)).toBe('5 active days in the 4 weeks before, 0 in the last 2');
    expect(wordsOf('days since the last activity', faded)).toBe('19 days since the last activity');
  });

  it('say no longer a time than somebody could be seen', () => {
    const seenFor = (days: number) => member({ start: landmark - days, activeOn: [] });
    expect(wordsOf('active days in 28', seenFor(28))).toBe('0 active days in the last 28 days');
    expect(wordsOf('active days in 28', seenFor(27))).toBe('0 active days in the 27 days seen so far');
    expect(wordsOf('active days in 7', seenFor(7))).toBe('0 active days in the last 7 days');
    expect(wordsOf('active days in 7', seenFor(1))).toBe('0 active days on the one day seen so far');
  });

  it('speak of a next bill only where one will come', () => {
    const bills = [{ at: 30 }, { at: 60 }, { at: 90 }];
    const cancellations = [{ at: 95 * dayMs, endsAt: 120 * dayMs, takenBackAt: null }];
    expect(wordsOf('days to the next bill', member({ bills }))).toBe('next bill in 20 days');
    expect(wordsOf('days to the next bill', member({ bills, cancellations }))).toBeNull();
  });

  it('count local days also where the clock is changed', () => {
    const hour = dayMs / 24;
    const history = member({ activeOn: [93] });
    const shifted = { ...history, activity: history.activity?.map((one) => ({ ...one, day: one.day - hour })) ?? null };
    expect(featureOf('activities in 7 days', shifted)).toBe(featureOf('activities in 7 days', history));
    expect(featureOf('activities in 7 days', history)).toBeGreaterThan(0);
    expect(featureOf('activities in 7 days', member({ activeOn: [92] }))).toBe(0);
  });
});
