import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { runCli, startProgram } from './support/program.ts';
import { communityLists, communityReviews } from './support/whop/api/community.ts';
import { type FakeWhopApi, type Fault, type ListRequest, startFakeWhopApi } from './support/whop/api/fake-whop-api.ts';
import { companyId } from './support/whop/sketch.ts';
import { emptyTables } from './support/whop/tables.ts';

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let api: FakeWhopApi;
let fault: ((request: ListRequest) => Fault | null) | null;

beforeAll(async () => {
  [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
});
afterAll(async () => {
  await discord.stop();
  await testDatabase.drop();
});
beforeEach(async () => {
  await emptyTables(testDatabase.database.pool);
  await testDatabase.database.pool.query('delete from backfill_progress; delete from backfill');
  fault = null;
  api = await startFakeWhopApi({
    lists: communityLists(1000),
    reviewsOf: communityReviews(1000),
    faultOf: (request) => fault?.(request) ?? null,
  });
});
afterEach(() => api.stop());

function environment() {
  return {
    DATABASE_URL: testDatabase.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_IDS: discord.guildId,
    WHOP_COMPANY_ID: companyId,
    WHOP_API_KEY: api.apiKey,
    WHOP_API_URL: api.url,
    HOST: '127.0.0.1',
    PORT: '0',
  };
}

async function count(table: string): Promise<number> {
  const { rows } = await testDatabase.database.pool.query<{ rows: number }>(`select count(*) as rows from ${table}`);
  return rows[0]?.rows ?? 0;
}

const asksStatus = async () => (await discord.slash({ command: 'status' })).text;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}

describe('a bot that is started with an API key', () => {
  it('reads the history by itself, and tells in /status how far it is', async () => {
    let held = true;
    fault = ({ list, query }) => (held && list === 'payments' && query.has('after') ? { status: 503 } : null);
    const app = await startApp(parseConfig(environment()), createLog('silent'));
    try {
      await until(() => api.requests.of('payments') >= 2);
      expect(await asksStatus()).toContain('being read: payments, 100 rows so far');
      held = false;
      await until(async () => (await asksStatus()).includes('complete since'));
      expect(await asksStatus()).toMatch(/complete since .*: 1,844 rows/);
      const { text } = await discord.slash({ command: 'stats', subcommand: 'revenue', options: { period: '365d' } });
      expect(text).not.toContain('Nothing has arrived from Whop');
      expect(text).toMatch(/Payments succeeded: \*\*\d{3}\*\*/);
      for (const [table, rows] of [
        ['payment', 1000],
        ['promo_code', 100],
        ['review', 150],
      ] as const) {
        expect(await count(table)).toBe(rows);
      }
    } finally {
      await app.stop();
    }
  });

  it('says what is missing where Whop refuses, and runs on', async () => {
    fault = ({ list }) => (list === 'disputes' ? { status: 403 } : null);
    const app = await startApp(parseConfig(environment()), createLog('silent'));
    try {
      await until(async () => (await asksStatus()).includes('stopped'));
      expect(await asksStatus()).toContain('payment:dispute:read');
      expect(await count('payment')).toBe(1000);
    } finally {
      await app.stop();
    }
  });

  it('reads nothing without the key, or without the role for it', async () => {
    for (const differs of [{ WHOP_API_KEY: '' }, { ROLES: 'web' }]) {
      const app = await startApp(parseConfig({ ...environment(), ...differs }), createLog('silent'));
      await delay(200);
      await app.stop();
    }
    expect(await count('backfill')).toBe(0);
    expect(api.requests.of('products')).toBe(0);
  });
});

describe('a process that is ended while it reads', () => {
  const start = () => startProgram('src/main.ts', [], { ...environment(), ROLES: 'jobs' });

  it.each(['SIGTERM', 'SIGKILL'] as const)('by %s is gone on with by the next one, where it was', async (signal) => {
    fault = ({ list }) => (list === 'payments' && api.requests.of(list) > 3 ? 'silence' : null);
    const first = start();
    await until(() => api.requests.of('payments') > 3);
    const endedFrom = Date.now();
    first.child.kill(signal);
    expect(await first.ended).toMatchObject(signal === 'SIGTERM' ? { code: 0 } : { signal });
    expect(Date.now() - endedFrom).toBeLessThan(5000);
    expect(await count('payment')).toBe(300);

    fault = null;
    const second = start();
    await until(async () => (await count('backfill where ended_at is not null and stopped is null')) === 1);
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0 });
    expect(await count('payment')).toBe(1000);
    // Ten pages, of which one was asked for twice.
    expect(api.requests.of('payments')).toBe(11);
  });

  it('lets no second one read meanwhile, not even from a terminal', async () => {
    fault = ({ list }) => (list === 'payments' ? 'silence' : null);
    const first = start();
    await until(() => api.requests.of('payments') === 1);
    const second = start();
    await second.until('started');
    const { code, stderr } = await runCli(['backfill'], environment());
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('is being read already') });
    expect(api.requests.of('payments')).toBe(1);
    expect(api.requests.of('products')).toBe(1);
    for (const { child, ended } of [first, second]) {
      child.kill('SIGTERM');
      await ended;
    }
  });
});
