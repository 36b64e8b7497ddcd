import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf } from '../../src/domain/calendar.ts';
import { dueSlot, newestSlot, nextSlot, type Schedule, type Slot } from '../../src/domain/schedule.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const zones = ['America/New_York', 'Australia/Sydney', 'Asia/Shanghai', 'Asia/Kathmandu', 'Europe/Berlin'];
const scan: Schedule = { hour: 2, minute: 30, weekday: null };
const digest: Schedule = { hour: 5, minute: 0, weekday: 1 };
const begin = Date.UTC(2026, 0, 1, 12);
const end = Date.UTC(2028, 0, 1, 12);

/** What clocks show then: `Mon 05:00`. */
function shown(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value;
  return `${part('weekday')} ${part('hour')}:${part('minute')}`;
}

/** What ran in two years of a clock that is looked at every so often. */
function runs(
  schedule: Schedule,
  timeZone: string,
  { everyMs = 75 * minuteMs, lateMs = 2 * dayMs, from = begin } = {},
) {
  const ran: (Slot & { ranAt: number })[] = [];
  const known = new Set<string>([newestSlot(schedule, from, timeZone).key]);
  for (let now = from; now < end; now += everyMs) {
    const slot = dueSlot(schedule, now, timeZone, lateMs);
    if (slot === null || known.has(slot.key)) continue;
    known.add(slot.key);
    ran.push({ ...slot, ranAt: now });
  }
  return ran;
}

describe.each(zones)('two years in %s', (timeZone) => {
  it('have one scan for each local day, at 02:30 or, where the clock skips that, an hour later', () => {
    const ran = runs(scan, timeZone);
    const first = dayOf(begin, timeZone);
    expect(ran.map(({ key }) => key)).toEqual(ran.map((_, n) => addDays(first, n + 1)));
    expect(ran).toHaveLength(730);
    for (const { key, at, ranAt } of ran) {
      expect(dayOf(at, timeZone)).toBe(key);
      expect(ranAt - at).toBeLessThan(75 * minuteMs);
    }
    const times = ran.map(({ at }) => shown(at, timeZone).slice(4));
    expect(times.filter((time) => time !== '02:30' && time !== '03:30')).toEqual([]);
    expect(times.filter((time) => time === '03:30')).toHaveLength(skipped[timeZone] ?? 0);
  });

  it('have one digest for each Monday, at 05:00', () => {
    const ran = runs(digest, timeZone);
    expect(ran).toHaveLength(104);
    expect(new Set(ran.map(({ at }) => shown(at, timeZone)))).toEqual(new Set(['Mon 05:00']));
    expect(ran.map(({ key, at }) => [key, dayOf(at, timeZone)])).toEqual(ran.map(({ key }) => [key, key]));
    expect(ran.map(({ key }) => key)).toEqual(ran.map((_, n) => addDays(ran[0]?.key ?? '', 7 * n)));
  });
});

/** How often in these two years the clock skips 02:30. */
const skipped: Readonly<Record<string, number>> = { 'America/New_York': 2, 'Australia/Sydney': 2, 'Europe/Berlin': 2 };

describe('a slot', () => {
  it('is at the company’s local time: Monday 05:00 in Shanghai is Sunday 21:00 UTC', () => {
    const before = Date.UTC(2026, 10, 22, 20, 59, 59, 999);
    expect(newestSlot(digest, before, 'Asia/Shanghai').key).toBe('2026-11-16');
    expect(newestSlot(digest, before + 1, 'Asia/Shanghai')).toEqual({ key: '2026-11-23', at: before + 1 });
  });

  it('is run once, and the first time, where the clock shows it twice', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    expect(shown(first, 'Europe/Berlin')).toBe('Sun 02:30');
    expect(shown(first + hourMs, 'Europe/Berlin')).toBe('Sun 02:30');
    for (const now of [first, first + hourMs, first + 5 * hourMs]) {
      expect(newestSlot(scan, now, 'Europe/Berlin')).toEqual({ key: '2026-10-25', at: first });
    }
  });

  it('stays the same when the hour, the weekday or the zone is changed after it', () => {
    const now = Date.UTC(2026, 10, 25, 12);
    for (const changed of [
      { ...digest, hour: 9 },
      { ...digest, weekday: 3 },
    ]) {
      expect(newestSlot(changed, now, 'UTC').key).toBe(newestSlot(digest, now, 'UTC').key);
    }
    expect(newestSlot(digest, now, 'Asia/Tokyo').key).toBe(newestSlot(digest, now, 'UTC').key);
  });

  it('is never after now, and never older than a week or a day of 25 hours', () => {
    const instant = fc.integer({ min: begin, max: end });
    const schedule = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
      weekday: fc.option(fc.integer({ min: 1, max: 7 })),
    });
    fc.assert(
      fc.property(schedule, instant, fc.constantFrom(...zones), (one, now, timeZone) => {
        const { at } = newestSlot(one, now, timeZone);
        expect(at).toBeLessThanOrEqual(now);
        expect(now - at).toBeLessThanOrEqual((one.weekday === null ? 1 : 7) * dayMs + hourMs);
      }),
    );
  });
});

describe('what was missed', () => {
  const monday = Date.UTC(2026, 10, 23, 5);
  const lateMs = 2 * dayMs;

  it('is made up for until it is too late, and not after', () => {
    expect(dueSlot(digest, monday + lateMs, 'UTC', lateMs)?.at).toBe(monday);
    expect(dueSlot(digest, monday + lateMs + 1, 'UTC', lateMs)).toBeNull();
  });

  it('is made up for once, not once for each day', () => {
    const daysLater = Date.UTC(2026, 10, 27, 12);
    expect(dueSlot(scan, daysLater, 'UTC', dayMs + hourMs)?.key).toBe('2026-11-27');
  });
});

describe('the next slot', () => {
  it('is after now, and none lies between', () => {
    const schedule = fc.record({
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.constantFrom(0, 30),
      weekday: fc.option(fc.integer({ min: 1, max: 7 }), { nil: null }),
    });
    fc.assert(
      fc.property(schedule, fc.integer({ min: begin, max: end }), fc.constantFrom(...zones), (when, now, timeZone) => {
        const next = nextSlot(when, now, timeZone);
        expect(next.at).toBeGreaterThan(now);
        expect(newestSlot(when, next.at, timeZone)).toEqual(next);
        expect(newestSlot(when, next.at - 1, timeZone).at).toBeLessThanOrEqual(now);
      }),
    );
  });

  it('comes a week after one that is now', () => {
    const [monday, nextMonday] = [Date.UTC(2026, 10, 22, 21), Date.UTC(2026, 10, 29, 21)];
    expect(nextSlot(digest, monday - 1, 'Asia/Shanghai')).toEqual({ key: '2026-11-23', at: monday });
    expect(nextSlot(digest, monday, 'Asia/Shanghai')).toEqual({ key: '2026-11-30', at: nextMonday });
  });
});
