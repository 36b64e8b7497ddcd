import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type Program, runCli, startProgram } from './support/program.ts';
import { communityLists, communityReviews } from './support/whop/api/community.ts';
import { type FakeWhopApi, type Fault, type ListRequest, startFakeWhopApi } from './support/whop/api/fake-whop-api.ts';
import { readHistory } from './support/whop/api/read-history.ts';
import { companyId } from './support/whop/sketch.ts';
import { bookTables, dumpTables, emptyTables } from './support/whop/tables.ts';

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

async function serve(payments: number, faultOf?: (request: ListRequest, number: number) => Fault | null) {
  api = await startFakeWhopApi({
    lists: communityLists(payments),
    reviewsOf: communityReviews(payments),
    ...(faultOf && { faultOf }),
  });
}

function environment() {
  return {
    DATABASE_URL: testDatabase.connectionString,
    WHOP_COMPANY_ID: companyId,
    WHOP_API_KEY: api.apiKey,
    WHOP_API_URL: api.url,
  };
}

/** All that two backfills of the same things have in common; the rest is the time at which each was made. */
function dump(): Promise<string> {
  return dumpTables(testDatabase.database.pool, [
    ...['plan', 'membership', 'membership_change', 'membership_status', 'payment', 'review', 'inbox', ...bookTables],
    ...['product', 'company', 'customer', 'refund', 'dispute', 'promo_code', 'affiliate', 'waitlist_entry'].map(
      untimed,
    ),
    '(select company_id, resource, product_id, cursor, rows_read, rows_unread, finished_at is null from backfill_progress)',
  ]);
}

function untimed(table: string): string {
  return `(select to_jsonb(fact) - 'version' - 'older' from ${table} fact)`;
}

async function count(sql: string): Promise<unknown> {
  const { rows } = await testDatabase.database.pool.query(sql);
  return rows[0];
}

describe('cli backfill, killed with -9 again and again', () => {
  /** After which request, and how many milliseconds later: amid an answer, a commit, or what lies between. */
  const kills = new Map([
    [4, 0],
    [12, 25],
    [19, 10],
    [27, 4],
    [40, 0],
    [46, 10],
  ]);
  const faults = new Map<number, Fault>([
    [8, { status: 429, headers: { 'retry-after': '0.05' } }],
    [15, 'cut'],
    [21, { status: 500, headers: { 'retry-after': '0.05' } }],
    [24, 'cut in the body'],
  ]);

  it('has everything once, as if nothing had been', async () => {
    let program: Program | undefined;
    let killed = 0;
    await serve(2000, (_request, number) => {
      const later = kills.get(number);
      if (later !== undefined) {
        killed += 1;
        setTimeout(() => program?.child.kill('SIGKILL'), later);
      }
      return faults.get(number) ?? null;
    });
    let code: number | null = null;
    for (let start = 0; code === null && start < 10; start += 1) {
      program = startProgram('src/cli.ts', ['backfill'], environment());
      code = (await program.ended).code;
    }
    expect({ code, killed, stderr: program?.stderr() }).toEqual({ code: 0, killed: kills.size, stderr: '' });
    expect(program?.stdout()).toContain(
      'members 400, memberships 400, payments 2,000, refunds 100, disputes 40, promo_codes 200',
    );
    const sum = 'select count(*) as rows, count(distinct id) as things, sum(total_minor)::bigint as minor from payment';
    expect(await count(sum)).toEqual({ rows: 2000, things: 2000, minor: 1960 * 2999 });
    expect(api.requests.busiest()).toBeLessThanOrEqual(600);
    // A page may be read again for each kill, but no more than that.
    expect(api.requests.of('payments')).toBeLessThanOrEqual(20 + kills.size + faults.size);

    const reviews = 'select product_id, count(*) from review group by 1 order by 1';
    expect((await testDatabase.database.pool.query(reviews)).rows).toEqual([
      { product_id: 'prod_1', count: 200 },
      { product_id: 'prod_3', count: 100 },
    ]);

    const killedOften = await dump();
    await emptyTables(testDatabase.database.pool);
    await testDatabase.database.pool.query('delete from backfill_progress');
    await readHistory(testDatabase.database, api);
    expect(killedOften).toBe(await dump());
  }, 120_000);
});

describe('cli backfill', () => {
  it('reads everything, tells of each list, and reads it again when it is asked again', async () => {
    await serve(100);
    const first = await runCli(['backfill'], environment());
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout.split('\n')).toEqual([
      ...['products: 3 rows', 'plans: 1 row', 'members: 20 rows', 'memberships: 20 rows', 'payments: 100 rows'],
      ...['refunds: 5 rows', 'disputes: 2 rows', 'promo_codes: 10 rows', 'affiliates: 2 rows', 'entries: 10 rows'],
      'reviews: 15 rows',
      'Complete: products 3, plans 1, members 20, memberships 20, payments 100, refunds 5, disputes 2, promo_codes 10, affiliates 2, entries 10, reviews 15.',
      '',
    ]);
    const before = await dump();
    expect(await runCli(['backfill', '--company', companyId], { ...environment(), WHOP_COMPANY_ID: '' })).toEqual(
      first,
    );
    expect(api.requests.of('payments')).toBe(2);
    expect(await dump()).toBe(before);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly on %s, and keeps what was read', async (signal) => {
    await serve(1000, ({ list }) => (list === 'payments' && api.requests.of(list) > 3 ? 'silence' : null));
    const program = startProgram('src/cli.ts', ['backfill'], environment());
    while (api.requests.of('payments') < 4) await delay(10);
    program.child.kill(signal);
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.stderr()).toBe('');
    expect(program.stdout()).toMatch(/Stopped\. What was read is kept; run this again to go on\.\n$/);
    expect(await count('select count(*) as payments from payment')).toEqual({ payments: 300 });
  });

  it('ends with 1 and one line where the key may not, and keeps what it may', async () => {
    await serve(100, ({ list }) => (list === 'payments' ? { status: 403 } : null));
    const { code, stderr } = await runCli(['backfill'], environment());
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^WHOP_API_KEY may not read payments of biz_Tide00 .*payment:basic:read.*What was read is kept; run this again.*\n$/,
    );
    expect(await count('select count(*) as memberships from membership')).toEqual({ memberships: 20 });
    // What the key may read is read, also behind what it may not.
    expect(await count('select count(*) as refunds from refund')).toEqual({ refunds: 5 });
    expect(await count('select count(*) as reviews from review')).toEqual({ reviews: 15 });
  });

  it('says that it is under way where it is', async () => {
    await serve(100, ({ list }) => (list === 'payments' ? 'silence' : null));
    const first = startProgram('src/cli.ts', ['backfill'], environment());
    while (api.requests.of('payments') < 1) await delay(10);
    const second = await runCli(['backfill'], environment());
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toMatch(/^A history is being read already.*\n$/);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
  });

  it.each([
    ['without a key', [], { WHOP_API_KEY: '' }, 1, 'WHOP_API_KEY is missing'],
    ['with a wrong key', [], { WHOP_API_KEY: 'apik_hunter2' }, 1, 'WHOP_API_KEY (401)'],
    ['without a company', [], { WHOP_COMPANY_ID: '' }, 2, '--company'],
    ['with a company that is none', ['--company', 'acme'], {}, 2, 'biz_AbCd1234'],
    ['with an option that is none', ['--fast'], {}, 2, '--fast'],
    ['without its database', [], { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/d' }, 1, '127.0.0.1'],
  ])('%s says in one line what to do', async (_how, args, changes, code, line) => {
    await serve(5);
    const ended = await runCli(['backfill', ...args], { ...environment(), ...changes });
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(line);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).not.toContain('hunter2');
  });
});
