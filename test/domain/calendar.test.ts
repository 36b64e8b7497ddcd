import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayOf,
  daysOf,
  isTimeZone,
  type Period,
  periodAt,
  periodNames,
  type Span,
  startOfDay,
} from '../../src/domain/calendar.ts';
import { at } from '../support/facts.ts';

const monday = { weekStart: 'monday' } as const;
const hour = 3_600_000;

function iso({ start, end }: Span): [string, string] {
  return [new Date(start).toISOString(), new Date(end).toISOString()];
}

describe('a local day', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/Santiago', '2026-09-06', 23],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Asia/Kolkata', '2026-06-01', 24],
  ])('in %s on %s has %d hours', (timeZone, day, hours) => {
    const [span] = daysOf({ start: startOfDay(day, timeZone), end: at(`${day}T23:59:59Z`) + 2 * 24 * hour }, timeZone);
    expect(((span?.end ?? 0) - (span?.start ?? 0)) / hour).toBe(hours);
  });

  it('begins after midnight where the clock skips midnight', () => {
    expect(new Date(startOfDay('2026-09-06', 'America/Santiago')).toISOString()).toBe('2026-09-06T04:00:00.000Z');
  });
});

describe('a period', () => {
  it('of N days begins at the local midnight N−1 days before today and ends now', () => {
    const period = periodAt('7d', at('2026-06-15T10:30:00Z'), { timeZone: 'Asia/Tokyo', ...monday });
    expect(iso(period)).toEqual(['2026-06-08T15:00:00.000Z', '2026-06-15T10:30:00.000Z']);
    expect(iso(period.previous)).toEqual(['2026-06-01T15:00:00.000Z', '2026-06-08T10:30:00.000Z']);
    expect(period.asOf).toBe(at('2026-06-15T10:30:00Z'));
  });

  it('is compared with the same local times across a change of the clock', () => {
    const period = periodAt('7d', at('2026-03-31T10:00:00Z'), { timeZone: 'Europe/Berlin', ...monday });
    // 12:00 in Berlin on both days: UTC+2 now, UTC+1 then.
    expect(new Date(period.previous.end).toISOString()).toBe('2026-03-24T11:00:00.000Z');
  });

  it('"week" is the last complete Monday to Sunday, also on a Monday at five in Shanghai', () => {
    const period = periodAt('week', at('2026-06-14T21:00:00Z'), { timeZone: 'Asia/Shanghai', ...monday });
    expect(iso(period)).toEqual(['2026-06-07T16:00:00.000Z', '2026-06-14T16:00:00.000Z']);
  });

  it('"week" begins as the company’s week does', () => {
    const zone = { timeZone: 'UTC', weekStart: 'sunday' } as const;
    expect(iso(periodAt('week', at('2026-06-14T00:00:00Z'), zone))).toEqual([
      '2026-06-07T00:00:00.000Z',
      '2026-06-14T00:00:00.000Z',
    ]);
  });

  it('"month" is the last complete calendar month, compared with the one before', () => {
    const period = periodAt('month', at('2026-03-31T23:59:00Z'), { timeZone: 'UTC', ...monday });
    expect(iso(period)).toEqual(['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']);
    expect(iso(period.previous)).toEqual(['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']);
    expect(period.asOf).toBe(period.end - 1);
  });

  it('is covered by its days without gap or overlap, in every zone and at every time', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Pacific/Apia');
    const times = fc.integer({ min: at('2024-01-01'), max: at('2027-12-31') });
    const spans = (period: Period, timeZone: string) => daysOf(period, timeZone);
    fc.assert(
      fc.property(zones, times, fc.constantFrom(...periodNames), (timeZone, now, name) => {
        const period = periodAt(name, now, { timeZone, ...monday });
        const days = spans(period, timeZone);
        expect(days[0]?.start).toBe(period.start);
        expect(days.at(-1)?.end).toBe(period.end);
        days.slice(1).forEach((day, i) => {
          expect(day.start).toBe(days[i]?.end);
        });
        for (const day of days) expect(dayOf(day.start, timeZone)).toBe(day.day);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['Mars', 'Europe/', '', '+05:00', 'CEST nonsense'])('%j is none', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
