import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { eventTypes } from '../../src/whop/event-types.ts';
import { at, errorOf, read } from '../support/whop/read.ts';
import { companyId, noon } from '../support/whop/sketch.ts';

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
    ...['review.created', 'invoice.paid', 'withdrawal.created', 'never.heard.of', 'constructor', 'toString'],
    ...['hasOwnProperty', 'payment.', 'payments.created'],
  ])('keeps %s, which tells no facts, without an error', (type) => {
    expect(read({ type, data: { id: 'x_1' } })).toMatchObject({ type, snapshots: [], changes: [], error: null });
  });

  it.each(Object.keys(eventTypes))('reads a sparse %s', (type) => {
    expect(read({ type, timestamp: at, data: { id: 'x_1' } })).toMatchObject({ type, companyId, error: null });
  });

  it.each([
    ['entry.created', 'pending', 'pending'],
    ['entry.approved', 'approved', 'approved'],
    ['entry_denied', 'denied', 'denied'],
    // Whop sends the entry as it was.
    ['entry.deleted', 'pending', 'deleted'],
  ])('reads of %s that a place on a waitlist is %s, or gone', (type, told, status) => {
    const user = { id: 'user_5', username: 'wim', email: 'waiting@example.com' };
    const data = {
      id: 'entry_1',
      status: told,
      plan: { id: 'plan_1' },
      product: { id: 'prod_1' },
      user,
      created_at: at,
    };
    const { snapshots } = read({ type, timestamp: at, data });
    const values = { userId: 'user_5', planId: 'plan_1', productId: 'prod_1', status, createdAt: noon };
    expect(snapshots).toContainEqual(expect.objectContaining({ kind: 'waitlist_entry', id: 'entry_1', values }));
    expect(JSON.stringify(snapshots)).not.toContain('@');
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

describe('what an older integration’s event is about', () => {
  const about = (type: string, data: Json) =>
    read({ type, timestamp: at, data }).snapshots.map(({ kind, id, values }) => ({ kind, id, ...values }));
  const own = { status: 'none of it', created_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };

  it('is what its id says, whatever its name says', () => {
    expect(about('membership.renewed', { id: 'pay_1', status: 'paid', membership_id: 'mem_1' })).toEqual([
      { kind: 'payment', id: 'pay_1', status: 'paid', membershipId: 'mem_1' },
    ]);
  });

  it('may be one level down', () => {
    expect(about('promo_code.used', { id: 'promo_1', ...own, payment: { id: 'pay_1', status: 'paid' } })).toEqual([
      { kind: 'payment', id: 'pay_1', status: 'paid' },
    ]);
  });

  it('may be referred to by something else, whose own state is none of its', () => {
    expect(about('promo_code.used', { id: 'promo_1', ...own, payment_id: 'pay_1', user_id: 'user_1' })).toEqual([
      { kind: 'payment', id: 'pay_1', userId: 'user_1' },
    ]);
    expect(
      about('access_pass.granted', { id: 'pass_1', ...own, membership_id: 'mem_1', product: { id: 'prod_1' } }),
    ).toEqual([{ kind: 'membership', id: 'mem_1', productId: 'prod_1', updatedAt: noon }]);
  });

  it('tells its own state where it has no other id', () => {
    expect(about('access_pass.granted', { membership_id: 'mem_1', status: 'active' })).toEqual([
      { kind: 'membership', id: 'mem_1', status: 'active', updatedAt: noon },
    ]);
  });
});
