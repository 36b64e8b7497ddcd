import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { writeGuildSettings } from '../src/store/guild-settings.ts';
import { enqueue } from '../src/store/outbox.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { appId, type FakeSignIn, startFakeSignIn } from './support/whop/fake-sign-in.ts';
import { readTable } from './support/whop/tables.ts';

const apiKey = 'apik_secret';
const publicUrl = 'https://tidewatch.example.com';

let db: TestDatabase;
let discord: FakeDiscord;
let whop: FakeSignIn;
let app: App;
let logged = '';

beforeAll(async () => {
  [db, discord, whop] = await Promise.all([createTestDatabase(), startFakeDiscord(), startFakeSignIn(apiKey)]);
  const environment = {
    DATABASE_URL: db.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: `${publicUrl}/`,
    WHOP_API_KEY: apiKey,
    WHOP_APP_ID: appId,
    WHOP_GRAPHQL_ORIGIN: whop.origin,
    ROLES: 'gateway,web',
  };
  const write = (chunk: unknown, _encoding: unknown, done: () => void) => {
    logged += String(chunk);
    done();
  };
  app = await startApp(parseConfig(environment), pino({ level: 'trace' }, new Writable({ write })));
});
afterAll(async () => {
  await app.stop();
  await Promise.all([discord.stop(), whop.stop(), db.drop()]);
});
beforeEach(async () => {
  await db.database.pool.query(
    'delete from guild_link; delete from guild_link_state; delete from guild_settings; delete from outbox',
  );
  whop.access.clear();
  whop.access.set('user_admin biz_1', 'admin');
  whop.access.set('user_admin biz_2', 'admin');
  whop.access.set('user_customer biz_1', 'customer');
});

const setup = (subcommand: string, options: Record<string, string> = {}) =>
  discord.slash({ command: 'setup', subcommand, options });

/** The state in the address that somebody was given. */
async function begin(company = 'biz_1'): Promise<string> {
  const { buttons, ephemeral } = await setup('link', { company });
  expect(ephemeral).toBe(true);
  const [address] = buttons.map(({ url }) => url ?? '');
  expect(address).toMatch(/^https:\/\/tidewatch\.example\.com\/link\/whop\?state=[\w-]{43}$/);
  return new URL(address ?? '').searchParams.get('state') ?? '';
}

async function open(path: string) {
  const response = await fetch(`${app.url}${path}`);
  return { status: response.status, html: await response.text(), headers: response.headers };
}

let codes = 0;
/** Comes back from Whop as that user. */
function comeBack(state: string, user: string) {
  codes += 1;
  whop.codes.set(`code_${codes}`, user);
  return open(`/link/whop/callback?state=${state}&code=code_${codes}`);
}

const links = () => readTable(db.database.pool, 'guild_link');

describe('a server', () => {
  it('is linked by an admin of the company, who sees before what they do', async () => {
    const state = await begin();
    const page = await open(`/link/whop?state=${state}`);
    expect(page.status).toBe(200);
    for (const word of ['Harbour', discord.guildId, 'biz_1', 'whop.com/oauth', state])
      expect(page.html).toContain(word);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(await comeBack(state, 'user_admin')).toMatchObject({ status: 200 });
    expect(await links()).toMatchObject([
      { guild_id: discord.guildId, company_id: 'biz_1', linked_by: discord.userId },
    ]);
    expect((await setup('server')).text).toContain('biz\\_1');
  });

  it.each([
    ['a customer of the company', 'user_customer', 403],
    ['nobody that the company knows', 'user_stranger', 403],
    ['an admin of another company', 'user_other', 403],
  ])('isn’t linked by %s', async (_who, user, status) => {
    whop.access.set('user_other biz_2', 'admin');
    expect((await comeBack(await begin(), user)).status).toBe(status);
    expect(await links()).toEqual([]);
  });

  it('isn’t linked where Whop doesn’t know the code, or nobody signed in', async () => {
    const state = await begin();
    expect((await open(`/link/whop/callback?state=${await begin()}&code=made_up`)).status).toBe(403);
    expect((await open(`/link/whop/callback?state=${state}&error=access_denied`)).status).toBe(403);
    expect(await links()).toEqual([]);
  });

  it('is linked by each address once, whatever became of it', async () => {
    const state = await begin();
    expect((await comeBack(state, 'user_customer')).status).toBe(403);
    expect((await comeBack(state, 'user_admin')).status).toBe(410);
    expect((await open(`/link/whop?state=${state}`)).status).toBe(410);
    expect(await links()).toEqual([]);
  });

  it.each([
    ['9 minutes 59', 200],
    ['10 minutes', 410],
  ])('is linked within ten minutes: after %s the answer is %d', async (passed, status) => {
    const state = await begin();
    const interval = passed.includes('59') ? '9 minutes 50 seconds' : '10 minutes';
    await db.database.pool.query(`update guild_link_state set expires_at = expires_at - $1::interval`, [interval]);
    expect((await comeBack(state, 'user_admin')).status).toBe(status);
  });

  it('isn’t linked by a state that was made up', async () => {
    for (const state of ['', 'x', 'A'.repeat(43)]) expect((await comeBack(state, 'user_admin')).status).toBe(410);
    expect(await links()).toEqual([]);
  });

  it('isn’t taken by another company before it is unlinked', async () => {
    const [first, second] = [await begin('biz_1'), await begin('biz_2')];
    await comeBack(first, 'user_admin');
    expect((await comeBack(second, 'user_admin')).status).toBe(409);
    expect((await setup('link', { company: 'biz_2' })).text).toContain('belongs to a company already');
    expect(await links()).toMatchObject([{ company_id: 'biz_1' }]);
    await setup('unlink');
    await comeBack(await begin('biz_2'), 'user_admin');
    expect(await links()).toMatchObject([{ company_id: 'biz_2' }]);
  });

  it('that is unlinked is told nothing more, and has forgotten what was set', async () => {
    await comeBack(await begin(), 'user_admin');
    const { pool } = db.database;
    const who = { companyId: 'biz_1', guildId: discord.guildId, setUpBy: '7' };
    await writeGuildSettings(pool, who, { staffChannelId: '10' });
    const client = await pool.connect();
    await client.query('begin');
    await enqueue(client, { companyId: 'biz_1', key: 'alert', channelId: '10', message: { content: 'alert' } });
    await client.query(`update outbox set free_at = now() + interval '1 hour'`);
    await client.query('commit');
    client.release();
    expect((await setup('unlink')).text).toContain('Unlinked');
    for (const table of ['guild_link', 'guild_settings', 'outbox']) expect(await readTable(pool, table)).toEqual([]);
    expect((await setup('unlink')).text).toContain('isn’t linked');
    expect((await setup('server')).text).toContain('/setup link');
  });

  it('wants the id of a company', async () => {
    expect((await setup('link', { company: 'tide' })).text).toContain('biz_');
  });

  it('leaves no state, code or token in the database or the log', async () => {
    const state = await begin();
    expect(JSON.stringify(await readTable(db.database.pool, 'guild_link_state'))).not.toContain(state);
    await comeBack(state, 'user_admin');
    for (const secret of [state, `code_${codes}`, 'token_user_admin', apiKey]) expect(logged).not.toContain(secret);
  });
});
