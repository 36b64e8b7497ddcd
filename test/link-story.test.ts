import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { commitActivities } from '../src/ingest/activities/commit-activities.ts';
import { readLinks } from '../src/store/account-links.ts';
import { activity } from './support/activities.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { PERMISSIONS } from './support/discord/people.ts';
import { companyDefaults } from './support/facts.ts';
import { current } from './support/whop/current.ts';
import { signStandard, webhookSecret } from './support/whop/sign.ts';
import { companyId, membership } from './support/whop/sketch.ts';
import { dumpAll, emptyTables } from './support/whop/tables.ts';

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let app: App;
let logged = '';

beforeAll(async () => {
  [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  const environment = {
    DATABASE_URL: testDatabase.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_IDS: discord.guildId,
    WHOP_COMPANY_ID: companyId,
    WHOP_WEBHOOK_SECRET: webhookSecret,
    HOST: '127.0.0.1',
    PORT: '0',
  };
  const write = (chunk: unknown, _encoding: unknown, done: () => void) => {
    logged += String(chunk);
    done();
  };
  app = await startApp(parseConfig(environment), pino({ level: 'trace' }, new Writable({ write })));
});

afterAll(async () => {
  await app.stop();
  await discord.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  await emptyTables(testDatabase.database.pool);
  for (const userId of ['user_ada', 'user_ben']) {
    await deliver('membership.activated', current.membership(membership({ id: `mem_${userId}`, userId })));
  }
});

async function deliver(type: string, data: Parameters<typeof current.envelope>[1]): Promise<void> {
  const now = Date.now();
  const { body, headers } = signStandard(JSON.stringify(current.envelope(type, data, { at: now })), { at: now });
  const answer = await fetch(`${app.url}/webhooks/whop`, { method: 'POST', body, headers });
  expect(answer.status).toBe(200);
}

let posts = 0;
const say = (content: string, user: string) =>
  deliver('chat.message.created', {
    audience: { type: 'channel' },
    channel: { id: 'feed_1', type: 'chat', experience_id: 'exp_1' },
    message: { id: `post_${++posts}`, content, created_at: new Date().toISOString(), user: { id: user } },
  });

const member = { userId: '1234567890123456', permissions: PERMISSIONS.member };
const ask = (subcommand: string, asker: object = {}, options = {}) =>
  discord.slash({ command: 'link', subcommand, options, ...asker });
const asStaff = (subcommand: string, options: Record<string, string>) => ask(subcommand, {}, options);
const linked = async () =>
  (await readLinks(testDatabase.database.pool, companyId)).map((one) => `${one.discordUserId} ${one.whopUserId}`);

async function codeGiven(): Promise<string> {
  const { text, ephemeral } = await ask('me', member);
  expect(ephemeral).toBe(true);
  return /TW-\w{8}/.exec(text)?.[0] ?? expect.fail(`no code in ${text}`);
}

describe('a member', () => {
  it('says by a code who they are on Whop, and undoes it', async () => {
    const code = await codeGiven();
    await say(`hello, ${code}`, 'user_ada');
    expect(await linked()).toEqual([`${member.userId} user_ada`]);
    expect((await ask('me', member)).text).toContain(
      'You are @user\\_ada\\_name on Whop: you have confirmed it yourself.',
    );
    await ask('forget', member);
    expect(await linked()).toEqual([]);
    for (const trace of [await dumpAll(testDatabase.database.pool), logged]) {
      expect(trace).not.toContain(code.slice(3));
      expect(trace).not.toContain('hello,');
    }
  });

  it('may do nothing for others, and is offered nobody', async () => {
    for (const [subcommand, options] of [
      ['member', { user: '42', whop: 'user_ada' }],
      ['remove', { user: '42' }],
      ['suggestions', {}],
    ] as const) {
      const { text, ephemeral } = await ask(subcommand, member, options);
      expect(text).toContain('Only people with the Manage Server permission');
      expect(ephemeral).toBe(true);
    }
    expect(await linked()).toEqual([]);
    const typing = { command: 'link', subcommand: 'member', options: { user: '42', whop: 'ada_n' } };
    expect((await discord.autocomplete({ ...typing, ...member })).choices).toEqual([]);
    expect((await discord.autocomplete(typing)).choices).toEqual([{ name: 'user_ada_name', value: 'user_ada' }]);
  });
});

describe('staff', () => {
  it('links by user name or id, replaces its own word, and takes it back', async () => {
    const { text } = await asStaff('member', { user: '42', whop: '@USER_ADA_name' });
    expect(text).toBe('<@42> is @user\\_ada\\_name on Whop.');
    await asStaff('member', { user: '42', whop: 'user_ben' });
    expect(await linked()).toEqual(['42 user_ben']);
    await asStaff('remove', { user: '42' });
    expect(await linked()).toEqual([]);
    expect((await asStaff('remove', { user: '42' })).text).toBe('Nobody has linked this person.');
  });

  it('keeps each account to one other', async () => {
    await asStaff('member', { user: '42', whop: 'user_ada' });
    await asStaff('member', { user: '43', whop: 'user_ada' });
    expect(await linked()).toEqual(['43 user_ada']);
  });

  it('is told of names that nobody has', async () => {
    expect((await asStaff('member', { user: '42', whop: 'nobody' })).text).toContain('I know no customer');
  });

  it.each(['\0', 'user_ada\0', 'user_ada_name\ud800', '\udc00'])('is told the same of %j', async (whop) => {
    expect((await asStaff('member', { user: '42', whop })).text).toContain('I know no customer');
    const typing = { command: 'link', subcommand: 'member', options: { user: '42', whop } };
    expect((await discord.autocomplete(typing)).choices).toEqual([]);
    expect(logged).not.toMatch(/"level":[56]0/);
  });

  it('can change nothing that a person has said themselves', async () => {
    await say(await codeGiven(), 'user_ada');
    for (const user of ['42', member.userId]) {
      const whop = user === '42' ? 'user_ada' : 'user_ben';
      expect((await asStaff('member', { user, whop })).text).toContain('linked by its owner');
    }
    expect((await asStaff('remove', { user: member.userId })).text).toContain('linked by its owner');
    await ask('forget', member);
    expect((await asStaff('member', { user: member.userId, whop: 'user_ada' })).text).toContain('only they can link');
    expect(await linked()).toEqual([]);
  });

  it('has its word replaced by the person’s own', async () => {
    await asStaff('member', { user: member.userId, whop: 'user_ben' });
    await asStaff('member', { user: '42', whop: 'user_ada' });
    await say(await codeGiven(), 'user_ada');
    expect(await linked()).toEqual([`${member.userId} user_ada`]);
  });
});

describe('suggestions', () => {
  const [ada, ben, cy] = ['1000000000000000001', '1000000000000000002', '1000000000000000003'] as const;

  beforeEach(async () => {
    discord.names.clear();
    const { pool } = testDatabase.database;
    const now = Date.now();
    const activities = [ada, ben, cy].map((accountId) => activity({ id: accountId, accountId, companyId, at: now }));
    await commitActivities({ pool, settings: companyDefaults }, { companyId, platform: 'discord', activities }, now);
  });

  const suggested = async () => (await asStaff('suggestions', {})).text.split('\n').filter((line) => /^\d/.test(line));

  it('are those who have the same name on both sides, and are linked by a button alone', async () => {
    discord.names.set(ada, { username: 'lamp', globalName: ' USER_ada_Name ' });
    discord.names.set(ben, { username: 'ben', nick: 'somebody else' });
    const answer = await asStaff('suggestions', {});
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain(`1. <@${ada}> and @user\\_ada\\_name on Whop are both called user\\_ada\\_name.`);
    expect(answer.text).toContain('the 2 most active people');
    expect(answer.buttons.map(({ customId }) => customId)).toEqual([`link member user='${ada}' whop=user_ada`]);
    expect(await linked()).toEqual([]);
    const done = await discord.press(answer, 'Link 1');
    expect(done.text).toBe(`<@${ada}> is @user\\_ada\\_name on Whop.`);
    expect(await linked()).toEqual([`${ada} user_ada`]);
    expect((await discord.press(done, 'Suggest others')).text).toContain('Nobody on Whop has the name');
  });

  it('prefer none of several with one name', async () => {
    for (const id of [ada, ben]) discord.names.set(id, { username: 'user_ada_name' });
    discord.names.set(cy, { username: 'cy', nick: 'User_Ben_Name' });
    const lines = await suggested();
    expect(lines.map((line) => /<@\d+> and @\w+/.exec(line.replaceAll('\\', ''))?.[0])).toEqual([
      `<@${ada}> and @user_ada_name`,
      `<@${ben}> and @user_ada_name`,
      `<@${cy}> and @user_ben_name`,
    ]);
  });

  it('leave out who is linked, has unlinked themselves, wants to be left out, or is gone', async () => {
    const named = { username: 'user_ada_name' };
    for (const id of [ada, ben, cy]) discord.names.set(id, named);
    await asStaff('member', { user: ada, whop: 'user_ben' });
    await ask('forget', { userId: ben, permissions: PERMISSIONS.member });
    expect(await suggested()).toHaveLength(1);
    discord.names.delete(cy);
    expect((await asStaff('suggestions', {})).text).toContain('Nobody who is here');
    discord.names.set(cy, named);
    await discord.slash({ command: 'privacy', subcommand: 'opt-out', userId: cy, permissions: PERMISSIONS.member });
    expect((await asStaff('suggestions', {})).text).toContain('Nobody who is here');
  });

  it('leave no name anywhere', async () => {
    discord.names.set(ada, { username: 'Lighthouse', globalName: 'Lantern', nick: 'User_Ada_Name' });
    expect(await suggested()).toHaveLength(1);
    for (const trace of [await dumpAll(testDatabase.database.pool), logged]) {
      expect(trace).not.toMatch(/Lighthouse|Lantern|User_Ada_Name/);
    }
  });
});
