import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readBackfillProgress } from '../../../src/store/backfill-progress.ts';
import { isComplete } from '../../../src/whop/rest/backfill.ts';
import { resources } from '../../../src/whop/rest/resources.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { communityLists, communityReviews } from '../../support/whop/api/community.ts';
import { type FakeWhopApi, type ListRequest, startFakeWhopApi } from '../../support/whop/api/fake-whop-api.ts';
import { rowsOf } from '../../support/whop/api/lists.ts';
import { readHistory } from '../../support/whop/api/read-history.ts';
import {
  disputeRow,
  memberRow,
  membershipRow,
  paymentRow,
  planRow,
  productRow,
  refundRow,
} from '../../support/whop/api/rows.ts';
import { claim, companyId, membership, noon, payment } from '../../support/whop/sketch.ts';
import { dumpTables, emptyTables, readTable } from '../../support/whop/tables.ts';

let testDatabase: TestDatabase;
let api: FakeWhopApi;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());
beforeEach(async () => {
  await emptyTables(testDatabase.database.pool);
  await testDatabase.database.pool.query('delete from backfill_progress');
});
afterEach(() => api.stop());

const rows = (table: string) => readTable(testDatabase.database.pool, table);

describe('what Whop lists', () => {
  beforeEach(async () => {
    api = await startFakeWhopApi({
      lists: {
        products: rowsOf([productRow({ id: 'prod_1', at: noon })]),
        plans: rowsOf([planRow({ id: 'plan_1', at: noon })]),
        members: rowsOf([
          memberRow({ userId: 'user_8', at: noon, name: 'Ada ada@example.com +1 555 010 9999' }),
          memberRow({ userId: 'user_9', at: noon }),
        ]),
        memberships: rowsOf([membershipRow(membership({ status: 'canceled' }))]),
        payments: rowsOf([
          paymentRow(payment()),
          paymentRow(payment({ id: 'pay_free', total: 0 })),
          paymentRow(payment({ id: 'pay_failed', failed: true })),
        ]),
        refunds: rowsOf([refundRow(claim({ id: 'rf_1' }))]),
        disputes: rowsOf([disputeRow(claim({ id: 'dspt_1' }))]),
      },
    });
    await readHistory(testDatabase.database, api);
  });

  it('is kept as facts: products and plans', async () => {
    expect(await rows('product')).toMatchObject([{ id: 'prod_1', title: 'Signals' }]);
    expect(await rows('plan')).toMatchObject([
      { id: 'plan_1', product_id: 'prod_1', plan_type: 'renewal', billing_period_days: 30, renewal_price_minor: 2999 },
    ]);
  });

  it('is kept as facts: members and memberships', async () => {
    const named = { username: 'user_9_name', name: 'Ada' };
    expect(await rows('customer')).toContainEqual(expect.objectContaining({ id: 'user_9', ...named }));
    expect(await rows('membership')).toMatchObject([{ id: 'mem_1', user_id: 'user_1', status: 'canceled' }]);
    expect(await rows('company')).toMatchObject([{ id: companyId, title: 'Tide Club' }]);
  });

  it('is kept as facts: payments, free and failed ones too', async () => {
    expect(await rows('payment')).toMatchObject([
      { id: 'pay_1', status: 'paid', total_minor: 2999, membership_id: 'mem_1' },
      { id: 'pay_failed', status: 'open', failed_attempts: 1, paid_at: null },
      { id: 'pay_free', status: 'paid', total_minor: 0 },
    ]);
  });

  it('is kept as facts: refunds and disputes', async () => {
    expect(await rows('refund')).toMatchObject([{ id: 'rf_1', payment_id: 'pay_1', amount_minor: 1050 }]);
    expect(await rows('dispute')).toMatchObject([{ id: 'dspt_1', payment_id: 'pay_1', status: 'needs_response' }]);
  });

  it('is no event and no delivery', async () => {
    expect(await rows('membership_change')).toEqual([]);
    expect(await rows('inbox')).toEqual([]);
  });

  it('leaves nothing private behind', async () => {
    const all = await dumpTables(testDatabase.database.pool);
    expect(all).toContain('Ada [e-mail] [phone]');
    expect(all).not.toMatch(/@example|555|Hafen|LICENCE|manage-token/);
  });

  it('is the same when it is read again', async () => {
    // Titles of the company and the product are told by rows without a time of their own, too.
    const timed = ['plan', 'customer', 'membership', 'membership_change', 'payment'];
    const before = await dumpTables(testDatabase.database.pool, timed);
    await readHistory(testDatabase.database, api);
    expect(await dumpTables(testDatabase.database.pool, timed)).toBe(before);
    for (const table of ['company', 'product', 'refund', 'dispute']) expect(await rows(table)).toHaveLength(1);
  });
});

describe('a list of many pages', () => {
  let asked: ListRequest[];

  beforeEach(async () => {
    asked = [];
    const faultOf = (request: ListRequest) => {
      asked.push(request);
      return null;
    };
    api = await startFakeWhopApi({ lists: communityLists(1000), reviewsOf: communityReviews(1000), faultOf });
  });

  it('is read to its end and no further, the oldest first, as much at once as Whop gives', async () => {
    const { progress } = await readHistory(testDatabase.database, api);
    expect(await rows('payment')).toHaveLength(1000);
    expect(progress.map(({ resource, rowsRead }) => [resource, rowsRead])).toEqual([
      ...[
        ['products', 3],
        ['plans', 1],
        ['members', 200],
        ['memberships', 200],
      ],
      ...[
        ['payments', 1000],
        ['refunds', 50],
        ['disputes', 20],
      ],
      ...[
        ['promo_codes', 100],
        ['affiliates', 20],
        ['entries', 100],
        ['reviews', 150],
      ],
    ]);
    expect(api.requests.of('payments')).toBe(10);
    expect(api.requests.of('members')).toBe(2);
    expect(api.requests.of('refunds')).toBe(1);
    expect(asked.every(({ query }) => query.get('first') === '100')).toBe(true);
    const unordered = asked.filter(({ query }) => query.get('direction') !== 'asc').map(({ list }) => list);
    expect(new Set(unordered)).toEqual(new Set(['promo_codes', 'reviews']));
  });

  it('is asked for in the shapes of one date, with the key as bearer', async () => {
    await readHistory(testDatabase.database, api);
    const headers = asked.map((request) => request.headers);
    expect(new Set(headers.map((header) => header['api-version-date']))).toEqual(new Set(['2026-07-20']));
    expect(new Set(headers.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${api.apiKey}`]));
  });

  it('is gone on with where it was', async () => {
    const stopping = new AbortController();
    const watch = {
      onPage: () => asked.filter(({ list }) => list === 'payments').length === 4 && stopping.abort(),
      onWait: () => undefined,
    };
    const stopped = readHistory(testDatabase.database, api, { differs: { stopping: stopping.signal, watch } });
    await expect(stopped).rejects.toThrow('aborted');
    const begun = await readBackfillProgress(testDatabase.database.pool, companyId);
    expect(begun.find(({ resource }) => resource === 'payments')).toMatchObject({ rowsRead: 400, finishedAt: null });
    expect(isComplete(begun)).toBe(false);

    const { progress } = await readHistory(testDatabase.database, api, { begun });
    expect(await rows('payment')).toHaveLength(1000);
    expect(api.requests.of('payments')).toBe(10);
    expect(api.requests.of('members')).toBe(2);
    expect(isComplete(progress)).toBe(true);
    expect(await readBackfillProgress(testDatabase.database.pool, companyId)).toEqual(
      progress.toSorted((a, b) => (a.resource < b.resource ? -1 : 1)),
    );
  });

  it('is begun anew where Whop no longer knows the cursor', async () => {
    const cursor = {
      productId: null,
      cursor: 'forgotten',
      rowsRead: 400,
      rowsUnread: 0,
      startedAt: noon,
      finishedAt: null,
    };
    const { progress } = await readHistory(testDatabase.database, api, {
      begun: [{ companyId, resource: 'payments', ...cursor }],
    });
    expect(progress.find(({ resource }) => resource === 'payments')).toMatchObject({ rowsRead: 1000 });
    expect(await rows('payment')).toHaveLength(1000);
  });
});

describe('a limit of five requests a minute', () => {
  let now: number;
  const clock = {
    now: () => now,
    wait: async (ms: number) => {
      now += ms;
    },
  };

  beforeEach(async () => {
    now = noon;
    api = await startFakeWhopApi({ lists: communityLists(1000), requestsPerMinute: 5, now: () => now });
  });

  it('is kept, for each list by itself', async () => {
    const { waited } = await readHistory(testDatabase.database, api, { differs: { clock, requestsPerMinute: 5 } });
    expect(waited).toEqual([]);
    expect(api.requests.busiest()).toBe(5);
    expect(now - noon).toBeLessThan(3 * 60_000);
  });

  it('is waited for where somebody else uses it up', async () => {
    const { waited } = await readHistory(testDatabase.database, api, { differs: { clock, requestsPerMinute: 600 } });
    expect(waited).toMatchObject([{ resource: 'payments', reason: 'Whop answers 429' }]);
    expect(await rows('payment')).toHaveLength(1000);
  });
});

describe('a row that can’t be understood', () => {
  it('is left out, counted and logged by its reason alone', async () => {
    const broken = { id: 'pay_2', currency: 'usd', total: 'ada@example.com', updated_at: '2026-03-14T12:00:00Z' };
    const foreign = { ...Object(paymentRow(payment({ id: 'pay_3' }))), company: { id: 'biz_Other0', title: 'Ebb' } };
    api = await startFakeWhopApi({
      lists: { payments: rowsOf([paymentRow(payment()), broken, foreign, { total: 1 }, null, 'pay_4']) },
    });
    const lines: string[] = [];
    const { progress } = await readHistory(testDatabase.database, api, { lines });
    expect(progress.find(({ resource }) => resource === 'payments')).toMatchObject({ rowsRead: 6, rowsUnread: 5 });
    expect(await rows('payment')).toMatchObject([{ id: 'pay_1' }]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'rows not understood', resource: 'payments', rows: 5, error: "total can't be understood" },
    ]);
    expect(lines.join()).not.toContain('ada@');
  });
});

describe('the version of a row without a time of its own', () => {
  it.each([
    ['ahead of', 3_600_000, (version: number) => version <= Date.now()],
    ['behind', -3_600_000, (version: number) => version < Date.now() - 3_500_000],
  ])('is never later than when Whop looked, with a clock %s Whop’s', async (_how, skewMs, holds) => {
    api = await startFakeWhopApi({ lists: { refunds: rowsOf([refundRow(claim({ id: 'rf_1' }))]) } });
    const clock = { now: () => Date.now() + skewMs, wait: async () => undefined };
    await readHistory(testDatabase.database, api, { differs: { clock } });
    const [refund] = await rows('refund');
    expect(String(refund?.version)).toMatch(/^1 /);
    expect(holds(Date.parse(String(refund?.version).slice(2)))).toBe(true);
  });
});

it('the list of resources names each once, in words of Whop’s API', () => {
  const names = resources.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
