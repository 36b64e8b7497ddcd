import { describe, expect, it } from 'vitest';
import { isTimeZone } from '../../src/domain/calendar.ts';
import { parseZone, timeZoneChoices } from '../../src/domain/time-zones.ts';

const winter = Date.UTC(2026, 0, 15);
const summer = Date.UTC(2026, 6, 15);
const values = (typed: string) => timeZoneChoices(typed, winter).map(({ value }) => value);

describe('the zones that are offered', () => {
  it('are a few usual ones before anything is typed', () => {
    expect(values('')).toContain('UTC');
    expect(values('').length).toBeLessThan(10);
  });

  it.each(['new york', 'New_York', 'america/new york', ' NEW YO'])('hold New York for "%s"', (typed) => {
    expect(values(typed)[0]).toBe('America/New_York');
  });

  it('begin with those of which a part begins with what is typed', () => {
    expect(values('lond')[0]).toBe('Europe/London');
    expect(values('den')[0]).toBe('America/Denver');
  });

  it.each(['kolkata', 'kathmandu', 'buenos'])('know %s by its name of today', (typed) => {
    expect(values(typed)[0]?.toLowerCase()).toContain(typed);
  });

  it('say how far they are from UTC now', () => {
    expect(timeZoneChoices('berlin', winter)).toEqual([{ name: 'Europe/Berlin (UTC+01:00)', value: 'Europe/Berlin' }]);
    expect(timeZoneChoices('berlin', summer)[0]?.name).toBe('Europe/Berlin (UTC+02:00)');
  });

  it('are none for nonsense, and all are zones', () => {
    expect(values('atlantis')).toEqual([]);
    expect(values('a').filter((zone) => !isTimeZone(zone))).toEqual([]);
  });
});

describe('a zone that is typed', () => {
  it.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['America/New York', 'America/New_York'],
    ['utc', 'UTC'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'],
  ])('%s is %s', (typed, zone) => {
    expect(parseZone(typed)).toBe(zone);
  });

  it.each(['Mars', '+02:00', ''])('%s is none', (typed) => {
    expect(parseZone(typed)).toBeNull();
  });
});
