import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Delivery, Json } from '../../src/ingest/delivery.ts';
import { readDelivery } from '../../src/whop/delivery.ts';
import { eventTypes } from '../../src/whop/event-types.ts';
import { companyId, noon } from '../support/whop/sketch.ts';

const at = '2026-03-14T12:00:00.000Z';

function read(payload: Json, defaultCompanyId: string | null = companyId): Delivery {
  const verified = { verified: true as const, eventId: 'msg_1', sentAt: noon };
  return readDelivery(payload, { verified, receivedAt: noon + 5, defaultCompanyId });
}

/** What a payload's one snapshot of its own subject told. */
function told(type: string, data: Json): Record<string, unknown> {
  const { snapshots, error } = read({ type, timestamp: at, data });
  expect(error).toBe(null);
  return snapshots[0]?.values ?? {};
}

function errorOf(payload: Json): string | null {
  const { snapshots, changes, error } = read(payload);
  if (error !== null) expect({ snapshots, changes }).toEqual({ snapshots: [], changes: [] });
  return error;
}

describe('readDelivery', () => {
  it.each<[string, Json, string]>([
    ['5', 5, 'it names no event'],
    ['[]', [], 'it names no event'],
    ['null', null, 'it names no event'],
    ['{}', {}, 'it names no event'],
    ['a type that is no name', { type: 'ada@example.com', data: { id: 'pay_1' } }, 'it names no event'],
    ['a type with NUL', { type: 'payment\0created', data: { id: 'pay_1' } }, 'it names no event'],
    ['a type of 101 characters', { type: 'p'.repeat(101), data: { id: 'pay_1' } }, 'it names no event'],
    ['no data', { type: 'payment.created' }, 'its data names nothing by an id'],
    ['data null', { type: 'payment.created', data: null }, 'its data names nothing by an id'],
    ['data an array', { type: 'payment.created', data: [{ id: 'pay_1' }] }, 'its data names nothing by an id'],
    ['an empty id', { type: 'payment.created', data: { id: '' } }, 'its data names nothing by an id'],
    ['an id that is an object', { type: 'payment.created', data: { id: {} } }, "id can't be understood"],
    [
      'money "abc"',
      { type: 'payment.created', data: { id: 'pay_1', currency: 'usd', total: 'abc' } },
      "total can't be understood",
    ],
    [
      'a date "foo"',
      { type: 'payment.created', data: { id: 'pay_1', created_at: 'foo' } },
      "created_at can't be understood",
    ],
    [
      'a time of the event "foo"',
      { type: 'payment.created', timestamp: 'foo', data: { id: 'pay_1' } },
      "timestamp can't be understood",
    ],
  ])('keeps %s with the reason', (_case, payload, reason) => {
    expect(errorOf(payload)).toBe(reason);
  });

  it.each([
    ...['chat.message.created', 'invoice.paid', 'entry.created', 'never.heard.of', 'constructor', 'toString'],
    ...['hasOwnProperty', 'payment.', 'payments.created'],
  ])('keeps %s, which tells no facts, without an error', (type) => {
    expect(read({ type, data: { id: 'x_1' } })).toMatchObject({ type, snapshots: [], changes: [], error: null });
  });

  it.each(Object.keys(eventTypes))('reads a sparse %s', (type) => {
    expect(read({ type, timestamp: at, data: { id: 'x_1' } })).toMatchObject({ type, companyId, error: null });
  });

  it('reads events of every name and shape without ever throwing', () => {
    const key = fc.constantFrom(
      'id',
      'total',
      'currency',
      'created_at',
      'user',
      'plan',
      'payment',
      'amount',
      'status',
      '__proto__',
      'dispute',
      'billing_period',
    );
    const value = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<Json>(
          null,
          '',
          'pay_1',
          'usd',
          -1,
          1e308,
          Number.POSITIVE_INFINITY,
          5e-324,
          -0,
          true,
          '\0',
          '\ud800',
          '1e999',
          9e15,
        ),
        fc.array(tie('json'), { maxLength: 2 }),
        fc.dictionary(key, tie('json'), { maxKeys: 6 }),
      ),
    })).json;
    const type = fc.constantFrom(...Object.keys(eventTypes), 'toString', '__proto__', '');
    fc.assert(
      fc.property(type, value, value, (name, data, timestamp) => {
        const { payload } = read({ type: name, data, timestamp });
        expect(JSON.stringify(payload)).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('whose a delivery is', () => {
  const type = 'payment.created';
  it.each<[string, Json]>([
    ['company_id of the envelope', { company_id: 'biz_A', data: { id: 'pay_1', company_id: 'biz_B' } }],
    ['account_id of the envelope', { account_id: 'biz_A', data: { id: 'pay_1' } }],
    ['a company in the envelope', { company: { id: 'biz_A' }, data: { id: 'pay_1' } }],
    ['a company’s id in the envelope', { company: 'biz_A', data: { id: 'pay_1' } }],
    ['company_id of the data', { company_id: null, data: { id: 'pay_1', company_id: 'biz_A' } }],
    ['account_id of the data', { data: { id: 'pay_1', account_id: 'biz_A' } }],
    ['a company in the data', { data: { id: 'pay_1', company: { id: 'biz_A' } } }],
    ['page_id of the data', { data: { id: 'mem_1', page_id: 'biz_A' } }],
    ['the company of its payment', { data: { id: 'rf_1', payment: { company_id: 'biz_A' } } }],
  ])('is told by %s', (_case, payload) => {
    const envelope = typeof payload === 'object' && !Array.isArray(payload) ? payload : {};
    const { companyId, snapshots } = read({ type, ...envelope });
    expect(companyId).toBe('biz_A');
    for (const snapshot of snapshots) expect(snapshot.companyId).toBe('biz_A');
  });

  it.each<[string, Json]>([
    ['of another kind', 'user_1'],
    ['too long for an index', `biz_${'x'.repeat(101)}`],
    ['with other characters', 'biz_1\u202e'],
    ['that is an object', { id: {} }],
  ])('is not told by an id %s', (_case, company) => {
    expect(read({ type, company, data: { id: 'pay_1' } }).companyId).toBe(companyId);
  });

  it('is kept unknown where nothing tells it, facts and all', () => {
    const unknown = read({ type, data: { id: 'pay_1' } }, null);
    expect(unknown).toMatchObject({
      companyId: '',
      snapshots: [],
      error: 'it names no company, and WHOP_COMPANY_ID is not set',
    });
  });
});

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

  it.each<Json>(['abc', true, [], [5], {}, { amount: {} }, '1,000', '9'.repeat(17), '9'.repeat(1_000_000), 1e300])(
    'money is not %j',
    (total) => {
      expect(errorOf({ type: 'payment.created', data: { id: 'pay_1', currency: 'usd', total } })).toBe(
        "total can't be understood",
      );
    },
  );

  it('money without a currency is not told, also where a field of it is', () => {
    const values = told('payment.created', { id: 'pay_1', total: { amount: '1', currency: 'EUR' }, subtotal: 5 });
    expect(values).toMatchObject({ currency: 'EUR', totalMinor: 100, subtotalMinor: 500 });
    expect(told('payment.created', { id: 'pay_1', total: 5 })).not.toHaveProperty('totalMinor');
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
    expect(told('payment.created', { id: 'pay_1', created_at: '' })).toMatchObject({ createdAt: null });
  });

  it.each<Json>([' ', '30 days', 1.5, 2 ** 31, true, [30]])('a number of days is not %j', (billing_period) => {
    expect(errorOf({ type: 'plan.updated', data: { id: 'plan_1', billing_period } })).toBe(
      "billing_period can't be understood",
    );
  });
});
