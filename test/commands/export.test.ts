import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { writeGuildSettings } from '../../src/store/guild-settings.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';
import { runCli } from '../support/program.ts';
import { companyId } from '../support/whop/sketch.ts';

let db: TestDatabase;
let discord: FakeDiscord;
let app: App;
let environment: Record<string, string>;

beforeAll(async () => {
  [db, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  environment = {
    DATABASE_URL: db.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_IDS: discord.guildId,
    WHOP_COMPANY_ID: companyId,
    ROLES: 'gateway',
  };
  app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
});
afterAll(async () => {
  await app.stop();
  await discord.stop();
  await db.drop();
});
beforeEach(() => db.database.pool.query('delete from guild_settings'));

const ask = (options: Record<string, string>) => discord.slash({ command: 'export', options });
const setStaffChannel = (staffChannelId: string) =>
  writeGuildSettings(db.database.pool, { companyId, guildId: discord.guildId, setUpBy: '1' }, { staffChannelId });

describe('/export', () => {
  it('attaches the files of a report, for the asker alone', async () => {
    const { ephemeral, files, text } = await ask({ report: 'revenue', period: '90d' });
    expect(ephemeral).toBe(true);
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'revenue-figures.csv',
        'revenue-revenue_by_plan.csv',
        'revenue-movements.csv',
        'revenue-series.csv',
      ]),
    );
    for (const { name } of files) expect(text).toContain(name);
  });

  it('names people in the channel of staff alone', async () => {
    expect(await ask({ report: 'churn' })).toMatchObject({ files: [], text: expect.stringContaining('/setup server') });
    await setStaffChannel('77');
    expect(await ask({ report: 'churn' })).toMatchObject({ files: [], text: expect.stringContaining('<#77>') });
    await setStaffChannel(discord.guilds.get(discord.guildId)?.channelId ?? '');
    const answer = await ask({ report: 'churn' });
    expect(answer.ephemeral).toBe(true);
    expect(answer.files.map(({ name }) => name)).toContain('churn-figures.csv');
  });
});

describe('cli export', () => {
  it('writes a file for the figures and for each table', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'tidewatch-export-')), 'new');
    const args = ['export', 'members', '--now', '2026-06-15T12:00:00Z', '--to', folder];
    const { code, stdout, stderr } = await runCli(args, environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trim().split('\n').sort()).toEqual((await readdir(folder)).map((name) => join(folder, name)).sort());
    expect(await readFile(join(folder, 'members-figures.csv'), 'utf8')).toMatch(
      /^key,label,unit,value,.*\r\nmembers,Members,count,0,/,
    );
    const json = await runCli(['export', 'members', '--json', '--to', folder], environment);
    expect(json).toMatchObject({ code: 0, stdout: `${join(folder, 'members.json')}\n` });
    expect(JSON.parse(await readFile(join(folder, 'members.json'), 'utf8'))).toMatchObject({ name: 'members' });
    await rm(folder, { recursive: true });
  });

  it.each([
    [['export', 'weather'], 2, 'Allowed choices are overview'],
    [['export', 'members', '--csv', '--json'], 2, '--json'],
    [['export', 'members', '--to', '/dev/null/x'], 1, 'choose another folder'],
    [['export', 'members', '--to', '/proc/x'], 1, 'choose another folder'],
  ])('%j says in one line what is wrong', async (args, code, line) => {
    const ended = await runCli(args, environment);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(line) });
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});
