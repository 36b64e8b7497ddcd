import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isQuiet } from '../../../src/domain/alerts/quiet-hours.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Asia/Kathmandu', 'Asia/Shanghai'];
const quarterMs = 15 * 60_000;
const clockOf = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).hour;

describe('quiet hours', () => {
  it.each(zones)('of %s are those that its clocks show, all year', (zone) => {
    const from = Date.UTC(2026, 0, 1);
    for (let at = from; at < from + 366 * 96 * quarterMs; at += 3 * quarterMs) {
      const hour = clockOf(at, zone);
      const [night, noon] = [hour >= 22 || hour < 7, hour >= 12 && hour < 14];
      if (isQuiet(at, zone, { quietFrom: 22, quietUntil: 7 }) !== night) expect.fail(`night at ${at}`);
      if (isQuiet(at, zone, { quietFrom: 12, quietUntil: 14 }) !== noon) expect.fail(`noon at ${at}`);
    }
  });

  it('are an hour shorter or longer in the nights in which clocks change', () => {
    const quietQuarters = (day: number, month: number) => {
      const noon = Date.UTC(2026, month, day, 10);
      const quarters = Array.from({ length: 96 }, (_, n) => noon + n * quarterMs);
      return quarters.filter((at) => isQuiet(at, 'Europe/Berlin', { quietFrom: 22, quietUntil: 7 })).length / 4;
    };
    expect([quietQuarters(27, 2), quietQuarters(28, 2), quietQuarters(24, 9)]).toEqual([9, 8, 10]);
  });

  it('are none where they begin when they end', () => {
    expect(isQuiet(0, 'UTC', { quietFrom: 0, quietUntil: 0 })).toBe(false);
  });
});
