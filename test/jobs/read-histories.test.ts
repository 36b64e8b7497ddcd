import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { Passing } from '../../src/domain/user-error.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import type { JobParts } from '../../src/jobs/job.ts';
import { readHistories } from '../../src/jobs/read-histories.ts';
import { readStatus } from '../../src/reports/status.ts';
import { asOnlyReader } from '../../src/store/backfill.ts';
import { readNextProductId } from '../../src/store/next-product.ts';
import { createWhopClient } from '../../src/whop/rest/client.ts';
import { createHistoryReader } from '../../src/whop/rest/history-reader.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { companyDefaults } from '../support/facts.ts';
import { jobParts } from '../support/job-parts.ts';
import { communityLists, communityReviews } from '../support/whop/api/community.ts';
import { type FakeWhopApi, type Fault, type ListRequest, startFakeWhopApi } from '../support/whop/api/fake-whop-api.ts';
import { companyId } from '../support/whop/sketch.ts';
import { emptyTables, readTable } from '../support/whop/tables.ts';

const hourMs = 3_600_000;
const now = Date.now();

let testDatabase: TestDatabase;
let api: FakeWhopApi;
let fault: ((request: ListRequest) => Fault | null) | null;
let lines: string[];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());
beforeEach(async () => {
  await emptyTables(testDatabase.database.pool);
  await testDatabase.database.pool.query('delete from backfill_progress; delete from backfill');
  fault = null;
  lines = [];
  api = await startFakeWhopApi({
    lists: communityLists(100),
    reviewsOf: communityReviews(100),
    faultOf: (request) => fault?.(request) ?? null,
  });
});
afterEach(() => api.stop());

function parts(differs: Partial<JobParts> = {}): JobParts {
  const { database } = testDatabase;
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const history = createHistoryReader(createWhopClient({ apiKey: api.apiKey, apiUrl: api.url }), {
    ingest: createIngest({ pool: database.pool, log, settings: companyDefaults }),
    nextProductId: (id, after) => readNextProductId(database.pool, id, after),
    log,
  });
  const stopping = new AbortController().signal;
  return { ...jobParts(testDatabase.database), companyId, history, since: now - 5 * hourMs, stopping, log, ...differs };
}

const payments = async () => (await readTable(testDatabase.database.pool, 'payment')).length;

async function historyStatus(id = companyId) {
  const sources = { database: testDatabase.database, settings: parseConfig({}).company };
  const status = await readStatus(id, sources);
  return status.databaseReached ? status.history : null;
}

async function deliverFor(id: string): Promise<void> {
  const times = { sentAt: now, receivedAt: now };
  const told = { payload: null, snapshots: [], changes: [], activities: [], error: null };
  const ingest = createIngest({
    pool: testDatabase.database.pool,
    log: pino({ level: 'silent' }),
    settings: companyDefaults,
  });
  await ingest.record({ companyId: id, source: 'whop', eventId: `msg_${id}`, type: 'some.event', ...times, ...told });
}

describe('without an API key', () => {
  it('nothing is read', async () => {
    await readHistories(parts({ history: null }), now);
    expect(await payments()).toBe(0);
    expect(await historyStatus()).toEqual({ state: 'not begun' });
  });
});

describe('the history of each known company', () => {
  it('is read once: that of WHOP_COMPANY_ID', async () => {
    await readHistories(parts(), now);
    expect(await payments()).toBe(100);
    expect(await historyStatus()).toMatchObject({ state: 'complete', rows: 188, unread: 0, at: expect.any(Date) });
    const asked = api.requests.of('payments');
    await readHistories(parts(), now + 48 * hourMs);
    expect(api.requests.of('payments')).toBe(asked);
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['history complete']);
  });

  it('is read of companies that deliveries have named, and of nobody without a name', async () => {
    await deliverFor('');
    await deliverFor(companyId);
    await deliverFor('biz_Other0');
    await readHistories(parts({ companyId: null }), now);
    expect(await payments()).toBe(100);
    expect(await historyStatus()).toMatchObject({ state: 'complete' });
    // The key is of one company alone.
    expect(await historyStatus('biz_Other0')).toMatchObject({ state: 'stopped', reason: expect.stringMatching(/404/) });
    expect(await historyStatus('')).toEqual({ state: 'not begun' });
  });

  it('waits while somebody else reads one', async () => {
    const { pool } = testDatabase.database;
    const held = await asOnlyReader(pool, async () => {
      await readHistories(parts(), now);
      return payments();
    });
    expect(held).toBe(0);
    await readHistories(parts(), now);
    expect(await payments()).toBe(100);
  });
});

describe('a refusal', () => {
  const refuse = (status: number) => () => ({ status });

  it.each([401, 403])('of %i is told in /status, logged once, and tried again after an hour', async (status) => {
    fault = refuse(status);
    await readHistories(parts(), now);
    const told = await historyStatus();
    expect(told).toMatchObject({ state: 'stopped', reason: expect.stringContaining(`(${status})`) });
    const asked = api.requests.of('products');
    await readHistories(parts(), Date.now() + hourMs - 60_000);
    expect(api.requests.of('products')).toBe(asked);
    await readHistories(parts(), Date.now() + hourMs + 1000);
    expect(api.requests.of('products')).toBe(asked + 1);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, companyId }]);

    fault = null;
    await readHistories(parts(), Date.now() + hourMs + 1000);
    expect(await historyStatus()).toMatchObject({ state: 'complete' });
    expect(await payments()).toBe(100);
  });

  it('is tried again, and logged again, by the next process', async () => {
    fault = refuse(401);
    await readHistories(parts(), now);
    const restartedAt = Date.now() + 1000;
    await readHistories(parts({ since: restartedAt }), restartedAt);
    expect(api.requests.of('products')).toBe(2);
    expect(lines).toHaveLength(2);
  });

  it('of one list leaves the others read', async () => {
    fault = ({ list }) => (list === 'affiliates' ? { status: 403 } : null);
    await readHistories(parts(), now);
    expect(await historyStatus()).toMatchObject({ reason: expect.stringContaining('affiliate:basic:read') });
    expect(await readTable(testDatabase.database.pool, 'review')).toHaveLength(15);
  });
});

describe('what goes wrong inside', () => {
  it('is logged, and told without a word from the inside', async () => {
    const read = () => Promise.reject(new TypeError('secret of the machine'));
    await readHistories(parts({ history: { read, isComplete: () => false } }), now);
    expect(await historyStatus()).toMatchObject({ state: 'stopped', reason: expect.not.stringContaining('secret') });
    expect(lines.join()).toContain('secret of the machine');
  });

  it('is left to the next run, within a minute, where the database was lost', async () => {
    const read = () => Promise.reject(new Passing('The database can’t be reached any more.'));
    const lost = readHistories(parts({ history: { read, isComplete: () => false } }), now);
    await expect(lost).rejects.toBeInstanceOf(Passing);
    expect(await historyStatus()).toMatchObject({ state: 'interrupted' });
    await readHistories(parts(), now + 60_000);
    expect(await historyStatus()).toMatchObject({ state: 'complete' });
  });
});

describe('a reading that is ended', () => {
  it('is shown while it lasts, left where it is, and gone on with', async () => {
    const stopping = new AbortController();
    fault = ({ list }) => (list === 'refunds' ? 'silence' : null);
    const reading = readHistories(parts({ stopping: stopping.signal }), now);
    while (api.requests.of('refunds') < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await historyStatus()).toEqual({ state: 'reading', list: null, rows: 144 });
    stopping.abort();
    await reading;
    expect(await historyStatus()).toEqual({ state: 'interrupted', list: null, rows: 144 });
    expect(lines).toEqual([]);

    fault = null;
    await readHistories(parts(), now);
    expect(await historyStatus()).toMatchObject({ state: 'complete' });
    expect(api.requests.of('payments')).toBe(1);
  });
});
