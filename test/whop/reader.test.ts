import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { at, errorOf, told } from '../support/whop/read.ts';
import { noon } from '../support/whop/sketch.ts';

describe('what fields tell', () => {
  // Far from UTC, so that a time read in this machine's zone shows.
  beforeAll(() => void vi.stubEnv('TZ', 'Asia/Tokyo'));
  afterAll(() => void vi.unstubAllEnvs());

  it.each<[Json, string, number | null | undefined]>([
    [10.43, 'usd', 1043],
    ['10.43', 'usd', 1043],
    [{ amount: '10.43', currency: 'usd', decimals: 2, display_decimals: 2 }, 'usd', 1043],
    [{ amount: 10.43 }, 'usd', 1043],
    [1000, 'jpy', 1000],
    ['1.2345', 'kwd', 1235],
    [0, 'usd', 0],
    [-5.005, 'usd', -501],
    [null, 'usd', null],
    ['', 'usd', null],
    [{ amount: null }, 'usd', null],
    [10, '', undefined],
  ])('money %j in %s is %s', (total, currency, minor) => {
    expect(told('payment.created', { id: 'pay_1', currency, total }).totalMinor).toBe(minor);
  });

  it.each<Json>(['abc', true, [], [5], {}, { amount: {} }, '1,000', '9'.repeat(17), 1e300])(
    'money is not %j',
    (total) => {
      expect(errorOf({ type: 'payment.created', data: { id: 'pay_1', currency: 'usd', total } })).toBe(
        "total can't be understood",
      );
    },
  );

  it('money is no text of endless digits, which would take its time to count', () => {
    const total = `0.${'9'.repeat(1_000_000)}`;
    const reason = errorOf({ type: 'payment.created', data: { id: 'pay_1', currency: 'usd', total } });
    expect(reason).toBe("total can't be understood");
  });

  it('money without a currency is not told, also where a field of it is', () => {
    const values = told('payment.created', { id: 'pay_1', total: { amount: '1', currency: 'EUR' }, subtotal: 5 });
    expect(values).toMatchObject({ currency: 'EUR', totalMinor: 100, subtotalMinor: 500 });
    expect(told('payment.created', { id: 'pay_1', total: 5 })).not.toHaveProperty('totalMinor');
  });

  it('a currency that is told beside an amount is not asked of the amount', () => {
    const total = { amount: '1', currency: {} };
    expect(told('payment.created', { id: 'pay_1', currency: 'eur', total })).toMatchObject({ totalMinor: 100 });
    expect(errorOf({ type: 'payment.created', data: { id: 'pay_1', total } })).toBe("currency can't be understood");
  });

  it.each<Json>([
    ...[at, '2026-03-14T12:00:00Z', '2026-03-14T12:00:00', '2026-03-14 12:00:00', '2026-03-14 12:00:00 UTC'],
    ...['2026-03-14T13:00:00+01:00', '2026-03-14 12:00:00 +0000', '2026-03-14T12:00:00.000123Z', '2026-03-14T12:00'],
    ...[noon, noon / 1000, String(noon), String(noon / 1000), noon / 1000 + 0.0004],
  ])('the time %j is noon, in whatever zone this runs', (created_at) => {
    expect(told('payment.created', { id: 'pay_1', created_at }).createdAt).toBe(noon);
  });

  it.each<Json>([
    ...['foo', 'lesson 5', 'March 14, 2026', '-1', '2026-13-01', '2026-03-14T25:00:00Z', '1e400', '12:00'],
    ...[true, [], {}, -62_135_596_800, Number.POSITIVE_INFINITY],
  ])('a time is not %j', (created_at) => {
    expect(errorOf({ type: 'payment.created', data: { id: 'pay_1', created_at } })).toBe(
      "created_at can't be understood",
    );
  });

  it('an empty text tells that there is nothing', () => {
    expect(told('plan.updated', { id: 'plan_1', billing_period: '', title: '', currency: '' })).toMatchObject({
      billingPeriodDays: null,
      title: null,
    });
    expect(told('payment.created', { id: 'pay_1', created_at: '', user: '', plan_id: '' })).toMatchObject({
      createdAt: null,
      userId: null,
      planId: null,
    });
  });

  it.each<Json>([' ', '30 days', 1.5, 2 ** 31, true, [30]])('a number of days is not %j', (billing_period) => {
    expect(errorOf({ type: 'plan.updated', data: { id: 'plan_1', billing_period } })).toBe(
      "billing_period can't be understood",
    );
  });
});
