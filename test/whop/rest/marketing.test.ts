import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/ingest/delivery.ts';
import { readBackfillProgress } from '../../../src/store/backfill-progress.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type FakeWhopApi, startFakeWhopApi } from '../../support/whop/api/fake-whop-api.ts';
import { type Rows, rowsOf } from '../../support/whop/api/lists.ts';
import { affiliateRow, entryRow, promoCodeRow, reviewRow, reviewWords } from '../../support/whop/api/marketing-rows.ts';
import { readHistory } from '../../support/whop/api/read-history.ts';
import { paymentRow, productRow } from '../../support/whop/api/rows.ts';
import { companyId, noon, payment } from '../../support/whop/sketch.ts';
import { dumpTables, emptyTables, readTable } from '../../support/whop/tables.ts';

let testDatabase: TestDatabase;
let api: FakeWhopApi | undefined;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());
beforeEach(emptyAll);
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

async function emptyAll(): Promise<void> {
  await emptyTables(testDatabase.database.pool);
  await testDatabase.database.pool.query('delete from backfill_progress');
}

const rows = (table: string) => readTable(testDatabase.database.pool, table);

async function read(options: Parameters<typeof startFakeWhopApi>[0]) {
  api = await startFakeWhopApi(options);
  return readHistory(testDatabase.database, api);
}

describe('promo codes', () => {
  it('are kept with what they take off, in percent or in money', async () => {
    const flat = { promo_type: 'flat_amount', amount_off: 10.5, currency: 'eur', duration: 'once' } as const;
    const endless = { unlimited_stock: true, stock: 0, product: null, amount_off: 12.5 };
    await read({
      lists: {
        promo_codes: rowsOf([
          promoCodeRow({ id: 'promo_1' }),
          promoCodeRow({ id: 'promo_2', ...flat }),
          promoCodeRow({ id: 'promo_3', ...endless }),
        ]),
      },
    });
    expect(await rows('promo_code')).toMatchObject([
      {
        ...{ id: 'promo_1', code: 'TIDE20', product_id: 'prod_1', status: 'active', promo_type: 'percentage' },
        ...{ amount_off_minor: null, percent_off_basis_points: 2000, duration: 'repeating', duration_months: 3 },
        ...{ uses: 7, stock: 50, unlimited_stock: false, created_at: new Date(noon), expires_at: null },
      },
      { id: 'promo_2', currency: 'EUR', amount_off_minor: 1050, percent_off_basis_points: null, duration: 'once' },
      { id: 'promo_3', product_id: null, stock: null, unlimited_stock: true, percent_off_basis_points: 1250 },
    ]);
  });

  it('are known from the payments made with them, too', async () => {
    const promo_code = {
      ...{ id: 'promo_9', code: 'EBB', amount_off: 1000, promo_type: 'flat_amount' },
      ...{ base_currency: 'jpy', number_of_intervals: 2 },
    };
    await read({ lists: { payments: rowsOf([{ ...Object(paymentRow(payment())), promo_code }]) } });
    expect(await rows('promo_code')).toMatchObject([
      { id: 'promo_9', code: 'EBB', currency: 'JPY', amount_off_minor: 1000, duration_months: 2, uses: null },
    ]);
    expect(await rows('payment')).toMatchObject([{ promo_code_id: 'promo_9' }]);
  });
});

describe('affiliates', () => {
  it('are kept with whom they brought, and named as customers are', async () => {
    await read({ lists: { affiliates: rowsOf([affiliateRow({ id: 'aff_1' })]) } });
    expect(await rows('affiliate')).toMatchObject([
      {
        ...{ id: 'aff_1', user_id: 'user_aff', status: 'active', referrals_count: 7, active_members_count: 4 },
        ...{ usd_revenue_minor: 123450, usd_mrr_minor: 11996, usd_earnings_minor: 37035 },
      },
    ]);
    expect(await rows('customer')).toMatchObject([{ id: 'user_aff', username: 'ava_tells' }]);
  });

  it.each([
    ['$1,234.50', 123450],
    ['$0.00', 0],
    ['$12', 1200],
    ['1234567.8', 123456780],
    ['-$5.25', -525],
    ['$-5.25', -525],
    ['$90,071,992,547,409.91', 9_007_199_254_740_991],
    ['$1.2K', null],
    ['$12.345', null],
    ['$1,23.00', null],
    ['€5.00', null],
    ['--5', null],
    ['', null],
  ])('of %j they earned %j cents', async (text, cents) => {
    await read({ lists: { affiliates: rowsOf([affiliateRow({ id: 'aff_1', total_revenue_usd: text })]) } });
    expect(await rows('affiliate')).toMatchObject([{ usd_revenue_minor: cents, usd_mrr_minor: 11996 }]);
  });

  it('have the sums of the newest reading, also where they fell and their own update stayed', async () => {
    const list: Json[] = [affiliateRow({ id: 'aff_1' })];
    api = await startFakeWhopApi({ lists: { affiliates: { count: 1, at: (i) => list[i] ?? null } } });
    const clock = { now: () => noon, wait: async () => undefined };
    await readHistory(testDatabase.database, api, { differs: { clock } });
    list[0] = affiliateRow({ id: 'aff_1', monthly_recurring_revenue_usd: '$29.99' });
    await readHistory(testDatabase.database, api);
    expect(await rows('affiliate')).toMatchObject([{ usd_mrr_minor: 2999 }]);
  });
});

describe('waitlist entries', () => {
  it('are kept of every status', async () => {
    const statuses = ['pending', 'approved', 'denied', 'drafted'] as const;
    await read({ lists: { entries: rowsOf(statuses.map((status) => entryRow({ id: `entry_${status}`, status }))) } });
    expect((await rows('waitlist_entry')).map(({ status }) => status)).toEqual([...statuses].sort());
    expect((await rows('waitlist_entry'))[0]).toMatchObject({
      ...{ user_id: 'user_5', plan_id: 'plan_1', product_id: 'prod_1', created_at: new Date(noon) },
    });
  });
});

describe('reviews', () => {
  const products = rowsOf(['prod_1', 'prod_2', 'prod_3'].map((id) => productRow({ id, at: noon })));

  it('are read of each product, and kept without a word', async () => {
    const draft = { id: 'rev_2', stars: 2, status: 'pending', published_at: null, paid_for_product: null } as const;
    const { progress } = await read({
      lists: { products },
      reviewsOf: {
        prod_1: rowsOf([reviewRow({ id: 'rev_1' })]),
        prod_2: rowsOf([]),
        prod_3: rowsOf([reviewRow(draft)]),
      },
    });
    expect(await rows('review')).toMatchObject([
      { id: 'rev_1', product_id: 'prod_1', user_id: 'user_1', stars: 5, status: 'published', paid_for_product: true },
      { id: 'rev_2', product_id: 'prod_3', stars: 2, status: 'pending', paid_for_product: null, published_at: null },
    ]);
    expect(progress.at(-1)).toMatchObject({ resource: 'reviews', rowsRead: 2, productId: null, cursor: null });
  });

  it('of a product that Whop no longer has are none', async () => {
    const { progress } = await read({
      lists: { products },
      reviewsOf: { prod_3: rowsOf([reviewRow({ id: 'rev_1' })]) },
    });
    expect(progress.at(-1)).toMatchObject({ resource: 'reviews', rowsRead: 1 });
  });

  it('wait for the products, which say whose there are', async () => {
    api = await startFakeWhopApi({
      lists: { products },
      reviewsOf: { prod_1: rowsOf([reviewRow({ id: 'rev_1' })]) },
      faultOf: ({ list }) => (list === 'products' || list === 'affiliates' ? { status: 403 } : null),
    });
    await expect(readHistory(testDatabase.database, api)).rejects.toThrow(
      /^WHOP_API_KEY may not read products .*access_pass:basic:read.* WHOP_API_KEY may not read affiliates .*affiliate:basic:read/,
    );
    expect(api.requests.of('reviews')).toBe(0);
    expect(api.requests.of('entries')).toBe(1);
    const begun = await readBackfillProgress(testDatabase.database.pool, companyId);
    expect(begun.map(({ resource }) => resource)).not.toContain('reviews');
  });
});

describe('what is another’s, or private', () => {
  it('is refused where it names another company', async () => {
    const company = { id: 'biz_Other0', title: 'Ebb' };
    const { progress } = await read({
      lists: {
        affiliates: rowsOf([affiliateRow({ id: 'aff_2', company })]),
        promo_codes: rowsOf([{ ...Object(promoCodeRow({ id: 'promo_2' })), company }]),
        entries: rowsOf([{ ...Object(entryRow({ id: 'entry_2' })), company }]),
        products: rowsOf([productRow({ id: 'prod_1', at: noon })]),
      },
      reviewsOf: { prod_1: rowsOf([{ ...Object(reviewRow({ id: 'rev_2' })), company }]) },
    });
    expect(progress.filter(({ rowsUnread }) => rowsUnread === 1)).toHaveLength(4);
    for (const table of ['affiliate', 'promo_code', 'waitlist_entry', 'review']) expect(await rows(table)).toEqual([]);
  });

  it('is in no table and no line of the log', async () => {
    const lines: string[] = [];
    const answers = { custom_field_responses: [{ id: 'field_1', question: 'Why?', answer: 'For the surf' }] };
    api = await startFakeWhopApi({
      lists: {
        products: rowsOf([productRow({ id: 'prod_1', at: noon })]),
        entries: rowsOf([{ ...Object(entryRow({ id: 'entry_1' })), ...answers }]),
      },
      reviewsOf: {
        prod_1: rowsOf([reviewRow({ id: 'rev_1' }), { ...Object(reviewRow({ id: 'rev_2' })), stars: 'five' }]),
      },
    });
    await readHistory(testDatabase.database, api, { lines });
    expect(await rows('review')).toHaveLength(1);
    expect(await rows('waitlist_entry')).toHaveLength(1);
    const all = `${await dumpTables(testDatabase.database.pool)}${lines.join()}`;
    for (const words of [...Object.values(reviewWords), 'waiting@example.com', 'surf', 'shell']) {
      expect(all).not.toContain(words);
    }
  });
});

describe('a backfill that ends at any request, and goes on', () => {
  const many = (count: number, at: (index: number) => Json): Rows => ({ count, at });
  const options = {
    lists: {
      products: rowsOf(['prod_1', 'prod_2', 'prod_3', 'prod_4'].map((id) => productRow({ id, at: noon }))),
      promo_codes: many(230, (i) => promoCodeRow({ id: `promo_${i}`, code: `C${i}` })),
      affiliates: many(101, (i) => affiliateRow({ id: `aff_${i}` })),
      entries: many(100, (i) => entryRow({ id: `entry_${i}` })),
    },
    // Two pages, none, no such list any more, three pages.
    reviewsOf: {
      prod_1: many(150, (i) => reviewRow({ id: `rev_1_${i}` })),
      prod_2: rowsOf([]),
      prod_4: many(201, (i) => reviewRow({ id: `rev_4_${i}`, stars: 1 })),
    },
  };

  const tables = ['promo_code', 'affiliate', 'waitlist_entry', 'review'].map(
    (table) => `(select to_jsonb(fact) - 'version' - 'older' from ${table} fact)`,
  );
  const truth = [...tables, '(select resource, rows_read, rows_unread, product_id, cursor from backfill_progress)'];
  const dump = () => dumpTables(testDatabase.database.pool, truth);

  /** Ends as its request of this number arrives, or as its page of this number is committed. */
  async function readUntil(end: { request?: number; page?: number }): Promise<boolean> {
    const stopping = new AbortController();
    let pages = 0;
    const served = await startFakeWhopApi({
      ...options,
      faultOf: (_request, number) => {
        if (number === end.request) stopping.abort();
        return null;
      },
    });
    const watch = {
      onPage: () => {
        pages += 1;
        if (pages === end.page) stopping.abort();
      },
      onWait: () => undefined,
    };
    const begun = await readBackfillProgress(testDatabase.database.pool, companyId);
    try {
      await readHistory(testDatabase.database, served, { begun, differs: { stopping: stopping.signal, watch } });
      return true;
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
      return false;
    } finally {
      await served.stop();
    }
  }

  it('has the same as one that never ended', async () => {
    expect(await readUntil({})).toBe(true);
    const whole = await dump();
    expect((await rows('review')).length).toBe(351);
    let ended = 0;
    for (const kind of ['request', 'page'] as const) {
      let complete = false;
      for (let number = 1; !complete; number += 1) {
        await emptyAll();
        complete = await readUntil({ [kind]: number });
        if (!complete) ended += 1;
        expect(complete || (await readUntil({}))).toBe(true);
        expect(await dump()).toBe(whole);
      }
    }
    expect(ended).toBeGreaterThan(30);
  }, 60_000);

  it('has it too where it ends at every second page', async () => {
    await readUntil({});
    const whole = await dump();
    await emptyAll();
    let starts = 1;
    while (!(await readUntil({ page: 2 }))) starts += 1;
    expect(starts).toBeGreaterThan(8);
    expect(await dump()).toBe(whole);
  });
});
