import { describe, expect, it } from 'vitest';
import { clockOutcome } from '../../src/doctor/clock-check.ts';
import { deliveriesOutcome } from '../../src/doctor/delivery-checks.ts';
import { diskOutcome, nodeOutcome } from '../../src/doctor/machine-checks.ts';

describe('the doctor', () => {
  it.each([
    ['18.20.0', 'problem'],
    ['20.18.9', 'problem'],
    ['20.19.0', 'ok'],
    ['21.7.0', 'problem'],
    ['22.11.0', 'problem'],
    ['22.12.0', 'ok'],
    ['23.0.0', 'problem'],
    ['24.0.0', 'ok'],
  ])('finds Node.js %s %s', (version, state) => {
    expect(nodeOutcome(version).state).toBe(state);
  });

  it.each([
    [1_000_000_000, 'ok'],
    [999_999_999, 'problem'],
  ])('finds %i free bytes %s', (free, state) => {
    expect(diskOutcome(free, './data').state).toBe(state);
  });

  it.each([
    [30_000, 'ok'],
    [-30_000, 'ok'],
    [30_001, 'problem'],
    [-30_001, 'problem'],
  ])('finds a clock that is %i ms ahead %s', (skewMs, state) => {
    expect(clockOutcome(skewMs, 'whop.example').state).toBe(state);
  });

  it('says which way the clock is off', () => {
    expect(clockOutcome(90_000, 'whop.example').text).toContain('90 s ahead of whop.example');
    expect(clockOutcome(-90_000, 'whop.example').text).toContain('90 s behind whop.example');
  });
});

describe('what the doctor makes of deliveries', () => {
  const newest = new Date('2026-06-01T12:00:00Z');
  const refused = (cause: string, lastAt: string) => [{ cause, count: 3, lastAt: Date.parse(lastAt) }];
  const [before, after] = ['2026-06-01T12:00:00Z', '2026-06-01T12:00:01Z'];

  it.each([
    ['a secret that is wrong since the last good one', newest, refused('mismatch', after), 'problem'],
    ['a secret that was wrong before the last good one', newest, refused('mismatch', before), 'ok'],
    ['a stale one since', newest, refused('stale', after), 'problem'],
    ['a stale one before', newest, refused('stale', before), 'ok'],
    ['strangers who sign nothing', newest, refused('missing', after), 'ok'],
    ['a wrong secret from the first on', null, refused('mismatch', after), 'problem'],
    ['none at all', null, [], 'skipped'],
    ['good ones alone', newest, [], 'ok'],
    ['a bot that can’t be asked', newest, null, 'ok'],
  ])('%s', (_what, last, refusals, state) => {
    expect(deliveriesOutcome(last, refusals).state).toBe(state);
  });

  it('says when the last one was accepted, and what was refused', () => {
    expect(deliveriesOutcome(newest, refused('missing', after)).text).toBe(
      'the last one was accepted at 2026-06-01T12:00:00.000Z; refused since the bot’s start: 3',
    );
    const wrong = deliveriesOutcome(newest, refused('mismatch', after)).text;
    expect(wrong).toContain('matches no secret (3 since the start): copy the webhook’s secret');
  });
});
