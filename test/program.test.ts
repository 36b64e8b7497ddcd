import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wantedEvents } from '../src/whop/rest/webhooks.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { pidIn, runs } from './support/embedded-postgres.ts';
import { type Environment, runCli, startNpm, startProgram } from './support/program.ts';
import { startFakeWhopApi } from './support/whop/api/fake-whop-api.ts';
import { type FakeWebhook, madeSecret } from './support/whop/api/webhooks.ts';

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let bot: Environment;

beforeAll(async () => {
  [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  bot = {
    DATABASE_URL: testDatabase.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    WHOP_COMPANY_ID: 'biz_Tide00',
    HOST: '127.0.0.1',
    PORT: '0',
  };
});
afterAll(async () => {
  await discord.stop();
  await testDatabase.drop();
});

/** Starts the bot with something wrong, and waits for its end. */
async function failing(changes: Record<string, string>): Promise<{ code: number | null; stderr: string }> {
  const program = startProgram('src/main.ts', [], { ...bot, ...changes });
  const { code } = await program.ended;
  return { code, stderr: program.stderr() };
}

describe('npm start', () => {
  it.each([
    ['without a token', { DISCORD_TOKEN: '' }, 'DISCORD_TOKEN is missing'],
    ['with a wrong token', { DISCORD_TOKEN: 'nonsense' }, 'DISCORD_TOKEN'],
    ['with a time zone that is none', { TIME_ZONE: 'Mars' }, 'TIME_ZONE must be an IANA time zone'],
    ['without its database', { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/d' }, '127.0.0.1'],
  ])('%s says in one line what to do, and ends with 1', async (_how, changes, line) => {
    const { code, stderr } = await failing(changes);
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/hunter2|nonsense/);
    expect(code).toBe(1);
  });

  it('on a port in use says so in one line, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address: AddressInfo | string | null = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, stderr } = await failing({ PORT: port });
    other.close();
    expect(stderr).toBe(`Port ${port} is in use: set PORT to another one, or 0 for any.\n`);
    expect(code).toBe(1);
  });

  it('logs what the doctor says of what it needs first', async () => {
    const program = startProgram('src/main.ts', [], bot);
    await program.until('"started"');
    program.child.kill('SIGTERM');
    await program.ended;
    const lines = program
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const told = lines.filter(({ check }) => check !== undefined).map(({ check, state }) => [check, state]);
    expect(told).toEqual([
      ['Node.js', 'ok'],
      ['Settings', 'ok'],
      ['Database', 'ok'],
      ['Migrations', 'ok'],
      ['DISCORD_TOKEN', 'ok'],
    ]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s, and leaves nothing running', async (signal) => {
    const program = startNpm(['start', '--silent'], bot);
    await program.until('"started"');
    const [, pid = ''] = /"pid":(\d+)/.exec(program.stdout()) ?? [];
    program.child.kill(signal);
    expect((await program.ended).code).toBe(0);
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });

  it('ends with 0 however impatiently it is stopped, with a Postgres of its own', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-program-'));
    const { DATABASE_URL: _, ...own } = bot;
    const program = startProgram('src/main.ts', [], { ...own, DATA_DIR: dataDir });
    await program.until('"started"');
    const pid = await pidIn(join(dataDir, 'postgres'));
    program.child.kill('SIGINT');
    await delay(20);
    program.child.kill('SIGINT');
    expect((await program.ended).code).toBe(0);
    await expect.poll(() => runs(pid)).toBe(false);
    await rm(dataDir, { recursive: true, force: true });
  });

  it('ends with 0 when it is stopped while Discord lets it wait', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address: AddressInfo | string | null = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const program = startProgram('src/main.ts', [], { ...bot, DISCORD_API_URL: `http://127.0.0.1:${port}/api` });
    const asked = new Promise((resolve) => silent.once('request', resolve));
    await asked;
    program.child.kill('SIGTERM');
    expect((await program.ended).code).toBe(0);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('npm run cli', () => {
  it('prints exactly one report as JSON', async () => {
    const args = ['report', 'revenue', '--json', '--period', '7d', '--now', '2026-06-15T12:00:00Z'];
    const { code, stdout, stderr } = await runCli(args, bot);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'revenue',
      company: { id: 'biz_Tide00' },
      asOf: '2026-06-15T12:00:00.000Z',
      period: { name: '7d', start: '2026-06-09T00:00:00.000Z', end: '2026-06-15T12:00:00.000Z' },
    });
  });

  it('writes the chart where it is told', async () => {
    const file = join(tmpdir(), `tidewatch-${process.pid}.png`);
    const { code, stdout } = await runCli(['report', 'revenue', '--png', file], bot);
    const png = await readFile(file).finally(() => rm(file, { force: true }));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(stdout).toContain('MRR');
    expect(code).toBe(0);
  });

  it.each([
    [
      ['report', 'weather'],
      'Allowed choices are overview, revenue, members, subscriptions, retention, engagement, marketing, churn, churn-model, segments, member, digest.',
    ],
    [['report', 'revenue', '--period', '5d'], 'Allowed choices are 7d, 30d, 90d, 365d, week, month.'],
    [['report', 'revenue', '--now', 'yesterday'], 'ISO 8601'],
    [['report', 'revenue', '--now', '2026-02-30T00:00:00Z'], 'ISO 8601'],
    [['report', 'revenue', '--company', 'nope'], 'biz_'],
    [['report', 'revenue', '--plan', 'plan_none'], 'I know: none yet'],
    [['report', 'revenue', '--color'], '--color'],
    [['report', 'revenue', 'members'], 'too many arguments'],
    [['raport'], 'raport'],
    [['settings', '--time-zone', 'Mars'], 'Europe/Berlin'],
    [['settings', '--currency', 'dollars'], 'USD'],
    [['settings', '--week-start', 'noon'], 'Allowed choices are monday, sunday, saturday.'],
  ])('%j is a wrong call: one line and 2', async (args, line) => {
    const { code, stdout, stderr } = await runCli(args, bot);
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('needs to know the company', async () => {
    const { code, stderr } = await runCli(['report', 'revenue'], { ...bot, WHOP_COMPANY_ID: '' });
    expect(stderr).toContain('--company');
    expect(code).toBe(2);
  });

  it.each([
    [{ DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/d' }, '127.0.0.1'],
    [{ TIME_ZONE: 'Mars' }, 'TIME_ZONE'],
  ])('fails with one line and 1 with %j', async (changes, line) => {
    const { code, stderr } = await runCli(['report', 'revenue'], { ...bot, ...changes });
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('hunter2');
    expect(code).toBe(1);
  });

  it('keeps settings, which reports follow, and makes books anew', async () => {
    const set = ['settings', '--time-zone', 'Asia/Tokyo', '--currency', 'eur', '--week-start', 'sunday'];
    expect(await runCli(set, bot)).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: 'Time zone: Asia/Tokyo\nReporting currency: EUR\nWeeks begin on: sunday\n',
    });
    const report = await runCli(['report', 'revenue', '--json'], bot);
    expect(JSON.parse(report.stdout)).toMatchObject({ timeZone: 'Asia/Tokyo', currency: 'EUR' });
    expect(await runCli(['rebuild'], bot)).toMatchObject({ code: 0, stdout: 'Made anew: 0 customers.\n' });
    const again = await runCli(['settings', '--time-zone', 'none', '--currency', 'none'], bot);
    expect(again.stdout).toContain('Time zone: UTC\nReporting currency: the one most paid in\n');
  });

  it('migrates, and has nothing to do the second time', async () => {
    expect(await runCli(['migrate'], bot)).toMatchObject({ code: 0, stderr: '' });
  });

  it('doctor checks each setting and says what to do', async () => {
    const healthy = { ...bot, WHOP_WEBHOOK_SECRET: 'ws_a', DISCORD_GUILD_IDS: discord.guildId };
    const well = await runCli(['doctor'], healthy);
    expect(well.stdout).toContain('ok   DISCORD_TOKEN: accepted by Discord');
    expect(well.stdout).toMatch(/skip WHOP_API_KEY: not set/);
    expect(well.stdout).not.toMatch(/WRONG|ws_a/);
    expect(well.code).toBe(0);
    const ill = await runCli(['doctor', '--json'], { ...bot, DISCORD_TOKEN: 'nonsense' });
    expect(JSON.parse(ill.stdout)).toEqual(
      expect.arrayContaining([
        { name: 'WHOP_WEBHOOK_SECRET', state: 'problem', text: expect.stringContaining('missing') },
        { name: 'DISCORD_TOKEN', state: 'problem', text: expect.stringContaining('refused') },
        { name: 'Gateway intents', state: 'skipped', text: 'DISCORD_TOKEN comes first' },
      ]),
    );
    expect(ill.code).toBe(1);
  });

  it('doctor shows the secret of a webhook that it makes, once, and makes no second one', async () => {
    const webhooks: FakeWebhook[] = [];
    const api = await startFakeWhopApi({ lists: {}, webhooks });
    const env = { ...bot, WHOP_API_KEY: api.apiKey, WHOP_API_URL: api.url };
    const make = ['doctor', '--register-webhook', 'https://bot.example'];
    const { code, stdout, stderr } = await runCli(make, env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`\nWHOP_WEBHOOK_SECRET=${madeSecret}\n$`));
    expect(webhooks).toMatchObject([{ url: 'https://bot.example/webhooks/whop', enabled: true, events: wantedEvents }]);
    const again = await runCli(make, env);
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('already (hook_1)') });
    const unreachable = await runCli(['doctor', '--register-webhook', 'http://127.0.0.1:3000'], env);
    expect(unreachable).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('https://') });
    expect(webhooks).toHaveLength(1);
    await api.stop();
  });
});
