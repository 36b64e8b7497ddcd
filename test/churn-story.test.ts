import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { dayMs, type MemberHistory } from '../src/domain/churn/member-history.ts';
import { writeGuildSettings } from '../src/store/guild-settings.ts';
import { begin, simulateCommunity, weekMs } from './support/churn/simulated-community.ts';
import { storeCommunity } from './support/churn/store-community.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { PERMISSIONS } from './support/discord/people.ts';

const weeks = 30;
/** The simulation ends: what is learned from it mustn’t depend on the day on which the test runs. */
const now = begin + weeks * weekMs;
const companyId = 'biz_1';

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let app: App;

beforeAll(async () => {
  [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  const community = simulateCommunity({ seed: 'story', members: 140, weeks, effect: -1.5, dailyOdds: 0.006 });
  const histories = [...community.map(({ history }) => history), fay()];
  await storeCommunity(testDatabase.database.pool, { companyId, histories, until: now });
  await testDatabase.database.pool.query(
    `insert into account_link values ($1, $2, 'user_fay', 'self', to_timestamp(0))`,
    [companyId, discord.userId],
  );
  const environment = {
    DATABASE_URL: testDatabase.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_IDS: discord.guildId,
    WHOP_COMPANY_ID: companyId,
    ROLES: 'gateway',
  };
  app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
}, 120_000);

afterAll(async () => {
  await app.stop();
  await discord.stop();
  await testDatabase.drop();
});

/** Active each day for ten weeks, and then not any more for a month. */
function fay(): MemberHistory {
  const day = (back: number) => ({ day: now - back * dayMs, kind: 'message', channel: '1', count: 4, value: 4 });
  return {
    memberId: 'user_fay',
    memberships: [
      { id: 'mem_fay', start: now - 120 * dayMs, end: Number.POSITIVE_INFINITY, terms: [], cancellations: [] },
    ],
    bills: [],
    activity: Array.from({ length: 70 }, (_, i) => day(100 - i)),
  };
}

/** The fake's only person: staff as a rule, and here somebody who may manage nothing. */
const fayInDiscord = { permissions: PERMISSIONS.member };

const ask = (command: string, subcommand?: string, options = {}, asker: object = {}) =>
  discord.slash({ command, ...(subcommand ? { subcommand } : {}), options, at: now, timeoutMs: 30_000, ...asker });

describe('staff', () => {
  it('sees who fades in /churn list, with reasons in numbers, and turns its pages', async () => {
    const list = await ask('churn', 'list', { band: 'high' });
    expect(list.ephemeral).toBe(true);
    expect(list.text).toContain('user\\_fay');
    expect(list.text).toContain('30 days since the last activity');
    expect(list.text).toContain('Revenue at risk: MRR of members at high risk');
    const all = await discord.press(list, 'all', { at: now, timeoutMs: 30_000 });
    expect(all.text).toContain('page 1 of');
    const next = await discord.press(all, 'Next', { at: now, timeoutMs: 30_000 });
    expect(next.text).toContain('page 2 of');
  });

  it('asks about one member, by the Discord account', async () => {
    for (const [command, subcommand] of [['churn', 'member'], ['member']] as const) {
      const { text, ephemeral } = await ask(command, subcommand, { user: discord.userId });
      expect(ephemeral).toBe(true);
      expect(text).toContain('Probability of leaving within 30 days');
      expect(text).toContain('30 days since the last activity');
    }
    const { text } = await ask('member', undefined, { user: '42' });
    expect(text).toContain('`/link member`');
  });

  it('sees how often that was right, and the segments', async () => {
    expect((await ask('churn', 'model')).text).toContain('Of those called high, left');
    expect((await ask('segments')).text).toContain('at risk: Members');
  });
});

describe('once a channel is chosen for staff', () => {
  const setStaffChannel = (staffChannelId: string) =>
    writeGuildSettings(
      testDatabase.database.pool,
      { companyId, guildId: discord.guildId, setUpBy: '1' },
      { staffChannelId },
    );
  afterAll(() => testDatabase.database.pool.query('delete from guild_settings'));

  it('people are named there alone: elsewhere there are sums, and where to ask', async () => {
    await setStaffChannel('77');
    const list = await ask('churn', 'list', { band: 'high' });
    expect(list.text).toContain('Revenue at risk: MRR of members at high risk');
    expect(list.text).toContain('<#77>');
    expect(list.buttons).toEqual([]);
    const one = [
      await ask('churn', 'member', { user: discord.userId }),
      await ask('member', undefined, { user: discord.userId }),
    ];
    for (const { text } of one) expect(text).toBe('This names people: ask in <#77>.');
    for (const { text } of [list, ...one]) expect(text).not.toContain('fay');
    expect((await ask('segments')).text).toContain('at risk: Members');
  });

  it('buttons of a list that was shown before tell no names any more', async () => {
    await testDatabase.database.pool.query('delete from guild_settings');
    const list = await ask('churn', 'list', { band: 'high' });
    expect(list.text).toContain('user\\_fay');
    await setStaffChannel('77');
    expect((await discord.press(list, 'all', { at: now, timeoutMs: 30_000 })).text).not.toContain('user\\_');
  });

  it('people are named in that channel', async () => {
    await setStaffChannel(discord.guilds.get(discord.guildId)?.channelId ?? '');
    expect((await ask('churn', 'list', { band: 'high' })).text).toContain('user\\_fay');
    expect((await ask('member', undefined, { user: discord.userId })).text).toContain('Paid in total');
  });
});

describe('a member', () => {
  it('sees what is stored, and opts out', async () => {
    const { text, ephemeral } = await ask('privacy', 'what', {}, fayInDiscord);
    expect(ephemeral).toBe(true);
    expect(text).toContain('280 activities');
    expect(text).toContain('1 memberships and 4 payments');
    expect((await ask('privacy', 'opt-out', {}, fayInDiscord)).text).toContain('neither scored nor listed');
    expect((await ask('churn', 'list', { band: 'high' })).text).not.toContain('user\\_fay');
    expect((await ask('privacy', 'what', {}, fayInDiscord)).text).toContain('You have opted out since');
  });

  it('is forgotten once they are sure, and the sums stay', async () => {
    const { pool } = testDatabase.database;
    const sums = async () => (await pool.query('select sum(count) from activity_day')).rows;
    const before = await sums();
    const asked = await ask('privacy', 'forget', {}, fayInDiscord);
    expect(asked.text).toContain('can’t be undone');
    const done = await discord.press(asked, 'Forget me', { at: now, ...fayInDiscord });
    expect(done.text).toContain('what named you is removed');
    for (const table of ['account_link', 'customer', 'account', 'churn_score']) {
      const { rows } = await pool.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`);
      expect(rows.filter(({ row }) => row.includes('"user_fay"') || row.includes(discord.userId))).toEqual([]);
    }
    expect(await sums()).toEqual(before);
    const later = await ask('churn', 'list', { band: 'high' });
    expect(later.text).not.toContain('user\\_fay');
  });

  it('is told in a server that isn’t connected that nothing is stored', async () => {
    const guildId = discord.addGuild('Elsewhere');
    for (const subcommand of ['what', 'opt-out', 'forget']) {
      const { text } = await ask('privacy', subcommand, {}, { ...fayInDiscord, guildId });
      expect(text).toContain('isn’t connected');
    }
  });
});
