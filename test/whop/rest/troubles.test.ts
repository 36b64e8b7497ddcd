import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type FakeWhopApi, type Fault, startFakeWhopApi, tooMany } from '../../support/whop/api/fake-whop-api.ts';
import { rowsOf } from '../../support/whop/api/lists.ts';
import { readHistory } from '../../support/whop/api/read-history.ts';
import { paymentRow } from '../../support/whop/api/rows.ts';
import { companyId, payment } from '../../support/whop/sketch.ts';
import { readTable } from '../../support/whop/tables.ts';

let testDatabase: TestDatabase;
let api: FakeWhopApi;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());
afterEach(() => api.stop());

/** Reads a company with one payment, where the requests for payments go wrong in these ways, one after the other. */
async function readDespite(...faults: Fault[]) {
  const left = [...faults];
  api = await startFakeWhopApi({
    lists: { payments: rowsOf([paymentRow(payment())]) },
    faultOf: ({ list }) => (list === 'payments' ? (left.shift() ?? null) : null),
  });
  const { waited } = await readHistory(testDatabase.database, api);
  expect(await readTable(testDatabase.database.pool, 'payment')).toHaveLength(1);
  return waited;
}

const inTenSeconds = () => new Date(Date.now() + 10_000).toUTCString();

describe('what passes by itself is waited out', () => {
  it.each<[string, Fault, number]>([
    ['too many requests, with the delay in words', tooMany(12), 12_000],
    ['too many requests, with it in minutes', { status: 429, body: 'Try again in 2 minutes.' }, 120_000],
    ['too many requests, with it in a header', { status: 429, headers: { 'retry-after': '7' } }, 7000],
    ['too many requests, without a delay', { status: 429 }, 1000],
    ['too many requests, to be repeated at once', { status: 429, headers: { 'retry-after': '0' } }, 1000],
    ['a delay of a month', { status: 429, headers: { 'retry-after': '2592000' } }, 3_600_000],
    ['an error of Whop’s', { status: 500 }, 1000],
    ['a page of a proxy’s', { status: 502, body: '<html>Bad gateway</html>' }, 1000],
    ['a lost connection', 'cut', 1000],
    ['half of an answer', 'cut in the body', 1000],
  ])('%s', async (_what, fault, waitMs) => {
    expect(await readDespite(fault)).toMatchObject([{ resource: 'payments', waitMs }]);
  });

  it('a delay until a date', async () => {
    const [waited] = await readDespite({ status: 503, headers: { 'retry-after': inTenSeconds() } });
    expect(waited?.waitMs).toBeGreaterThan(8000);
    expect(waited?.waitMs).toBeLessThanOrEqual(10_000);
  });

  it('again and again, longer each time up to a minute', async () => {
    const waited = await readDespite(...Array.from({ length: 8 }, () => ({ status: 500 })));
    expect(waited.map(({ waitMs }) => waitMs / 1000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('but not for ever', async () => {
    const always = Array.from({ length: 100 }, () => ({ status: 503 }));
    await expect(readDespite(...always)).rejects.toThrow(/^Given up for now: Whop answers 503\.$/);
    expect(api.requests.of('payments')).toBe(16);
  });
});

describe('what stays as it is ends in one line', () => {
  it.each<[string, Fault, RegExp]>([
    ['a key that may not', { status: 403 }, /may not read payments of biz_Tide00 \(403\).*payment:basic:read/],
    ['a key that isn’t valid', { status: 401 }, /WHOP_API_KEY \(401\).*payments.*biz_Tide00.*payment:basic:read/],
    [
      'a wrong question',
      { status: 400, body: { error: { message: 'No such order.' } } },
      /payments.*400: No such order/,
    ],
    ['something else', { status: 200, body: '<html>Hello</html>' }, /WHOP_API_URL.*payments.*no JSON/],
    ['something else in JSON', { status: 200, body: { ok: true } }, /WHOP_API_URL.*payments.*no list/],
  ])('%s', async (_what, fault, line) => {
    const failing = readDespite(fault);
    await expect(failing).rejects.toThrow(line);
    await expect(failing).rejects.toMatchObject({ name: 'UserError', message: expect.not.stringContaining('\n') });
    expect(api.requests.of('payments')).toBe(1);
  });

  it('a list that goes round in a circle', async () => {
    const page = { data: [paymentRow(payment())], page_info: { end_cursor: 'same', has_next_page: true } };
    await expect(readDespite({ status: 200, body: page }, { status: 200, body: page })).rejects.toThrow('go on');
  });

  it('another company', async () => {
    api = await startFakeWhopApi({ lists: {}, companyId: 'biz_Other0' });
    await expect(readHistory(testDatabase.database, api)).rejects.toThrow(`products of ${companyId} (404`);
  });
});
