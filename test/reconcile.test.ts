import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { runCli, startProgram } from './support/program.ts';
import { communityLists, communityReviews } from './support/whop/api/community.ts';
import { type FakeWhopApi, type Fault, type ListRequest, startFakeWhopApi } from './support/whop/api/fake-whop-api.ts';
import { level, type Stat } from './support/whop/api/stats.ts';
import { companyId } from './support/whop/sketch.ts';
import { emptyTables } from './support/whop/tables.ts';

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let api: FakeWhopApi;

beforeAll(async () => {
  [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
});
afterAll(async () => {
  await discord.stop();
  await testDatabase.drop();
});
beforeEach(async () => {
  await emptyTables(testDatabase.database.pool);
  await testDatabase.database.pool.query('delete from reconciliation; delete from comparison');
});
afterEach(() => api.stop());

type Served = { stats?: Readonly<Record<string, Stat>>; faultOf?: (request: ListRequest) => Fault | null };

async function serve(served: Served = {}): Promise<void> {
  api = await startFakeWhopApi({ lists: communityLists(100), reviewsOf: communityReviews(100), ...served });
}

function environment() {
  return {
    DATABASE_URL: testDatabase.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    WHOP_COMPANY_ID: companyId,
    WHOP_WEBHOOK_SECRET: 'ws_1',
    WHOP_API_KEY: api.apiKey,
    WHOP_API_URL: api.url,
  };
}

/** What was said behind the findings. */
function said(stdout: string): string[] {
  return stdout
    .trimEnd()
    .split('\n')
    .filter((line) => !/^(ok {2}|skip|WRONG) /.test(line));
}

async function count(table: string): Promise<unknown> {
  const { rows } = await testDatabase.database.pool.query(`select count(*) as rows from ${table}`);
  return rows[0]?.rows;
}

describe('cli doctor --reconcile', () => {
  it('says what it checked, what it read again, and how figures compare', async () => {
    const stats = { monthly_recurring_revenue: level(0), paid_active_members: level(3), gross_revenue: level(0) };
    await serve({ stats });
    const first = await runCli(['doctor', '--reconcile'], environment());
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^ok {3}Node\.js: /);
    expect(said(first.stdout)).toEqual([
      'products: 3 rows read again, 3 new or changed',
      'plans: 1 row read again, 1 new or changed',
      'memberships: 20 rows read again, 20 new or changed',
      'payments: 100 rows read again, 100 new or changed',
      'refunds: 5 rows read again, 5 new or changed',
      'disputes: 2 rows read again, 2 new or changed',
      'promo_codes: 10 rows read again, 10 new or changed',
      'affiliates: 2 rows read again, 2 new or changed',
      'entries: 10 rows read again, 10 new or changed',
      expect.stringMatching(/^Whop says MRR \$0\.00, we say \$\d+\.\d\d; no known reason explains it/),
      expect.stringMatching(/^Whop says paying customers 3, we say \d+; no known reason explains it/),
      'Whop and we say the same: gross revenue of the last 30 complete days $0.00.',
    ]);
    const again = await runCli(['doctor', '--reconcile', '--company', companyId], {
      ...environment(),
      WHOP_COMPANY_ID: '',
    });
    expect(said(again.stdout)).toContain('memberships: 20 rows read again, nothing new or changed');
    expect(said(again.stdout)).toContain('payments: 0 rows read again, nothing new or changed');
    // The setting is missing, which the doctor still says.
    expect(again.code).toBe(1);
  });

  it('reads the other lists where the key may not read one, and fails', async () => {
    await serve({ faultOf: ({ list }) => (list === 'affiliates' ? { status: 403 } : null) });
    const { code, stdout, stderr } = await runCli(['doctor', '--reconcile'], environment());
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(said(stdout)).toContain(
      `Not read again, affiliates: WHOP_API_KEY may not read affiliates of ${companyId} (403): give it the permission affiliate:basic:read on Whop.`,
    );
    expect(said(stdout)).toContain('entries: 10 rows read again, 10 new or changed');
  });

  it('heals and says why it can’t compare, where the key may not see stats', async () => {
    await serve({ stats: { monthly_recurring_revenue: { status: 403 } } });
    const { code, stdout } = await runCli(['doctor', '--reconcile'], environment());
    // That the permission is missing is a problem, which no other step waits for.
    expect(code).toBe(1);
    expect(said(stdout)).toContain(
      'Not compared, MRR: WHOP_API_KEY may not read it (403): give it the permission stats:read on Whop.',
    );
    expect(await count('membership')).toBe(20);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly on %s, and reads the same again next time', async (signal) => {
    await serve({
      faultOf: ({ list, query }) => (list === 'payments' && query.get('first') === '100' ? 'silence' : null),
    });
    const program = startProgram('src/cli.ts', ['doctor', '--reconcile'], environment());
    // The first one is the doctor's.
    while (api.requests.of('payments') < 2) await delay(10);
    const signalled = Date.now();
    program.child.kill(signal);
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - signalled).toBeLessThan(5000);
    expect(program.stderr()).toBe('');
    expect(program.stdout()).toMatch(/Stopped\. What was read is kept; run this again to go on\.\n$/);
    expect(await count('membership')).toBe(20);
    expect(await count('reconciliation')).toBe(0);
  });

  it('stops cleanly while it waits for Whop’s figures, too', async () => {
    await serve({ stats: { monthly_recurring_revenue: { status: 500 } } });
    const program = startProgram('src/cli.ts', ['doctor', '--reconcile'], environment());
    while (api.requests.of('stats') < 2) await delay(10);
    program.child.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(await count('reconciliation')).toBe(1);
  });

  it.each([
    ['without a key', [], { WHOP_API_KEY: '' }, 1, 'WHOP_API_KEY is missing'],
    ['with a wrong key', [], { WHOP_API_KEY: 'apik_hunter2' }, 1, 'WHOP_API_KEY (401)'],
    ['without a company', [], { WHOP_COMPANY_ID: '' }, 2, '--company'],
    ['with a company that is none', ['--company', 'acme'], {}, 2, 'biz_AbCd1234'],
  ])('%s says in one line what to do', async (_how, args, changes, code, line) => {
    await serve();
    const ended = await runCli(['doctor', '--reconcile', ...args], { ...environment(), ...changes });
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(line);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).not.toContain('hunter2');
  });

  it('goes with --company alone', async () => {
    await serve();
    const { code, stderr } = await runCli(['doctor', '--company', companyId], environment());
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: --company goes with --reconcile or --register-webhook\n',
    });
  });

  it('only says that the database can’t be reached, where it can’t', async () => {
    await serve();
    const env = { ...environment(), DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/d' };
    const { code, stdout, stderr } = await runCli(['doctor', '--reconcile'], env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('WRONG Database: ');
    expect(said(stdout)).toEqual([]);
  });
});
