import type { AddressInfo } from 'node:net';
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Finding, runChecks } from '../../src/doctor/check.ts';
import { checks } from '../../src/doctor/checks.ts';
import { createPatient } from '../../src/doctor/patient.ts';
import { linkGuild } from '../../src/store/guild-link.ts';
import { writeGuildSettings } from '../../src/store/guild-settings.ts';
import { wantedEvents } from '../../src/whop/rest/webhooks.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';
import { communityLists, communityReviews } from '../support/whop/api/community.ts';
import { type FakeWhopApi, type ListRequest, startFakeWhopApi } from '../support/whop/api/fake-whop-api.ts';
import { level } from '../support/whop/api/stats.ts';
import type { FakeWebhook } from '../support/whop/api/webhooks.ts';
import { signStandard, webhookSecret } from '../support/whop/sign.ts';
import { companyId } from '../support/whop/sketch.ts';
import { createWebhookApp } from '../support/whop/webhook-app.ts';

let db: TestDatabase;
let discord: FakeDiscord;
let api: FakeWhopApi;
let webhooks: FakeWebhook[] | null;
let forbidden: string | null;

const permissions = (...names: (keyof typeof PermissionFlagsBits)[]) =>
  String(names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n));

const ourWebhook = { id: 'hook_1', url: 'https://bot.example/webhooks/whop', enabled: true, events: [...wantedEvents] };

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  discord = await startFakeDiscord();
  forbidden = null;
  await serve();
  await db.database.pool.query('delete from guild_settings; delete from guild_link; delete from inbox');
});
afterEach(async () => {
  await api.stop();
  await discord.stop();
});

async function serve(): Promise<void> {
  webhooks = [ourWebhook];
  api = await startFakeWhopApi({
    lists: communityLists(100),
    reviewsOf: communityReviews(100),
    stats: { monthly_recurring_revenue: level(3) },
    webhooks,
    faultOf: ({ list }: ListRequest) => (list === forbidden ? { status: 403 } : null),
  });
}

type Changes = Readonly<Record<string, string>>;

async function examine(changes: Changes = {}, now?: () => number): Promise<Finding[]> {
  const environment = {
    DATABASE_URL: db.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_GUILD_IDS: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    WHOP_COMPANY_ID: companyId,
    WHOP_WEBHOOK_SECRET: webhookSecret,
    WHOP_API_KEY: api.apiKey,
    WHOP_API_URL: api.url,
    HOST: '127.0.0.1',
    PORT: '1',
    ...changes,
  };
  const patient = createPatient({ environment, log: pino({ level: 'silent' }), ...(now && { now }) });
  return runChecks(checks, patient).finally(patient.close);
}

/** What one check says. */
async function finding(name: string, changes: Changes = {}, now?: () => number): Promise<Finding | undefined> {
  return (await examine(changes, now)).find((one) => one.name === name);
}

const guild = () => {
  const found = discord.guilds.get(discord.guildId);
  if (found === undefined) throw new Error('there is no guild');
  return found;
};

describe('a bot that is well', () => {
  it('has no problem, and its secrets are told nowhere', async () => {
    const findings = await examine();
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
    const said = JSON.stringify(findings);
    for (const secret of [discord.token, webhookSecret, api.apiKey]) expect(said).not.toContain(secret);
  });
});

describe('settings and database', () => {
  it('says every mistake in the settings at once, and looks no further', async () => {
    const findings = await examine({ TIME_ZONE: 'Mars', PORT: 'x' });
    const [settings] = findings.filter(({ name }) => name === 'Settings');
    expect(settings).toMatchObject({ state: 'problem', text: expect.stringMatching(/PORT.*TIME_ZONE/) });
    const others = findings.filter(({ name }) => !['Settings', 'Node.js'].includes(name));
    expect(new Set(others.map(({ state }) => state))).toEqual(new Set(['skipped']));
  });

  it('says where the database is not, and not the password', async () => {
    const database = await finding('Database', { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/d' });
    expect(database).toMatchObject({
      state: 'problem',
      text: expect.stringContaining('Nothing listens at 127.0.0.1:1'),
    });
    expect(database?.text).not.toContain('hunter2');
  });

  it('says which version of Postgres it is', async () => {
    expect(await finding('Database')).toMatchObject({ state: 'ok', text: expect.stringMatching(/^Postgres \d+/) });
  });

  it('finds migrations that are missing, and those of a newer version, and changes nothing', async () => {
    const other = await createTestDatabase();
    const { pool } = other.database;
    const changes = { DATABASE_URL: other.connectionString };
    await pool.query(`delete from _prisma_migrations where migration_name like '%_init'`);
    expect(await finding('Migrations', changes)).toMatchObject({
      state: 'problem',
      text: expect.stringMatching(/^1 are missing: /),
    });
    await pool.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', '', '2999_new', now())`,
    );
    expect(await finding('Migrations', changes)).toMatchObject({
      state: 'problem',
      text: expect.stringContaining('2999_new'),
    });
    await pool.query('drop table _prisma_migrations');
    expect(await finding('Migrations', changes)).toMatchObject({ state: 'skipped' });
    const { rows } = await pool.query(`select to_regclass('_prisma_migrations') as record`);
    expect(rows).toEqual([{ record: null }]);
    await other.drop();
  });
});

describe('before the first start', () => {
  const others = ['Servers', 'Channels to read', 'WHOP_API_KEY', 'Whop: payments', 'Webhook'];
  const statesOf = (findings: readonly Finding[], names: readonly string[]) =>
    names.map((name) => findings.find((one) => one.name === name)?.state);

  it('looks at Discord and Whop all the same, while the database is empty', async () => {
    const other = await createTestDatabase();
    await other.database.pool.query('drop schema public cascade; create schema public');
    const findings = await examine({ DATABASE_URL: other.connectionString });
    await other.drop();
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([]);
    expect(statesOf(findings, others)).toEqual(others.map(() => 'ok'));
    expect(statesOf(findings, ['Migrations', 'Channels to post to', 'Deliveries'])).toEqual([
      'skipped',
      'skipped',
      'skipped',
    ]);
  });

  it('does so while the database can’t be reached, and says that once', async () => {
    const away = { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/d' };
    const findings = await examine(away);
    expect(findings.filter(({ state }) => state === 'problem').map(({ name }) => name)).toEqual(['Database']);
    expect(statesOf(findings, others)).toEqual(others.map(() => 'ok'));
    for (const name of ['DISCORD_GUILD_IDS', 'WHOP_COMPANY_ID']) {
      expect(await finding(name, { ...away, [name]: '' })).toMatchObject({ state: 'skipped' });
    }
  });
});

describe('Discord', () => {
  it.each([
    ['a token that is none', { DISCORD_TOKEN: 'nonsense' }, 'problem', 'refused by Discord'],
    ['no token', { DISCORD_TOKEN: '' }, 'problem', 'missing'],
    ['no token and no gateway', { DISCORD_TOKEN: '', ROLES: 'web' }, 'skipped', 'ROLES'],
    ['no Discord', { DISCORD_API_URL: 'http://127.0.0.1:1/api' }, 'problem', 'can’t be reached'],
    ['the right token', {}, 'ok', 'accepted'],
  ])('DISCORD_TOKEN with %s', async (_with, changes, state, text) => {
    expect(await finding('DISCORD_TOKEN', changes)).toMatchObject({ state, text: expect.stringContaining(text) });
  });

  it('says which intents it has, and when Discord refuses them', async () => {
    expect(await finding('Gateway intents')).toMatchObject({
      state: 'ok',
      text: expect.stringContaining('Guilds, GuildVoiceStates, GuildMessages, GuildMessageReactions are granted'),
    });
    discord.gateway.closeIdentifyWith = 4014;
    expect(await finding('Gateway intents')).toMatchObject({ state: 'problem', text: expect.stringContaining('4014') });
  });

  it('leaves no connection behind', async () => {
    await examine();
    await expect.poll(() => discord.gateway.connected).toBe(0);
  });

  it('wants a server that may ask: in the settings, or linked', async () => {
    const none = { DISCORD_GUILD_IDS: '' };
    expect(await finding('DISCORD_GUILD_IDS', none)).toMatchObject({ state: 'problem' });
    await linkGuild(db.database.pool, { guildId: discord.guildId, companyId, linkedBy: '1' });
    expect(await finding('DISCORD_GUILD_IDS', none)).toMatchObject({ state: 'ok' });
    expect(await finding('Servers', none)).toMatchObject({ state: 'ok' });
  });

  it('says how to invite the bot where it isn’t', async () => {
    expect(await finding('Servers')).toMatchObject({ state: 'ok' });
    const elsewhere = await finding('Servers', { DISCORD_GUILD_IDS: `${discord.guildId},123` });
    expect(elsewhere).toMatchObject({ state: 'problem', text: expect.stringMatching(/isn’t in 123: .*oauth2/) });
    expect(elsewhere?.text).toContain(discord.applicationId);
  });
});

describe('channels', () => {
  const choose = (channelId: string) =>
    writeGuildSettings(
      db.database.pool,
      { companyId, guildId: discord.guildId, setUpBy: '1' },
      { staffChannelId: channelId, digestChannelId: guild().channelId },
    );
  const all = permissions('ViewChannel', 'SendMessages', 'EmbedLinks', 'AttachFiles', 'ReadMessageHistory');

  it('says what the bot lacks in those that were chosen', async () => {
    expect(await finding('Channels to post to')).toMatchObject({ state: 'skipped' });
    await choose(guild().channelId);
    expect(await finding('Channels to post to')).toMatchObject({
      state: 'problem',
      text: expect.stringContaining('lacks Embed Links, Attach Files'),
    });
    guild().permissions = all;
    expect(await finding('Channels to post to')).toMatchObject({ state: 'ok' });
    await choose(discord.chat.add(discord.guildId, { isHidden: true }).id);
    expect(await finding('Channels to post to')).toMatchObject({
      state: 'problem',
      text: expect.stringContaining('lacks View Channel'),
    });
    await choose('99');
    expect(await finding('Channels to post to')).toMatchObject({ text: expect.stringContaining('99 is gone') });
  });

  it('says which can’t be read, and how many are hidden on purpose', async () => {
    discord.chat.add(discord.guildId, { name: 'vault', isHidden: true });
    discord.chat.add(discord.guildId, { name: 'ideas', type: ChannelType.GuildForum });
    expect(await finding('Channels to read')).toMatchObject({
      state: 'ok',
      text: '2 in Harbour, 1 hidden from it',
    });
    discord.chat.add(discord.guildId, { name: 'stage-door', hidesHistory: true });
    expect(await finding('Channels to read')).toMatchObject({
      state: 'problem',
      text: expect.stringContaining('not counted in stage-door in Harbour: give it Read Message History'),
    });
    guild().permissions = permissions('ViewChannel', 'SendMessages');
    expect(await finding('Channels to read')).toMatchObject({
      state: 'problem',
      text: expect.stringContaining('none in Harbour'),
    });
  });
});

describe('Whop', () => {
  it.each([
    ['no key', { WHOP_API_KEY: '' }, 'skipped', 'not set'],
    ['a wrong key', { WHOP_API_KEY: 'apik_hunter2' }, 'problem', '401'],
    ['another company', { WHOP_COMPANY_ID: 'biz_other' }, 'problem', 'check WHOP_COMPANY_ID'],
    ['nothing at the address', { WHOP_API_URL: 'http://127.0.0.1:1/api/v1' }, 'problem', 'try again'],
    ['the right key', {}, 'ok', 'accepted'],
  ])('WHOP_API_KEY with %s', async (_with, changes, state, text) => {
    const key = await finding('WHOP_API_KEY', changes);
    expect(key).toMatchObject({ state, text: expect.stringContaining(text) });
    expect(key?.text).not.toContain('hunter2');
  });

  it('wants to know the company', async () => {
    expect(await finding('WHOP_COMPANY_ID', { WHOP_COMPANY_ID: '' })).toMatchObject({ state: 'problem' });
    await linkGuild(db.database.pool, { guildId: '5', companyId, linkedBy: '1' });
    expect(await finding('WHOP_COMPANY_ID', { WHOP_COMPANY_ID: '' })).toMatchObject({ state: 'ok' });
  });

  it.each([
    ['products', 'access_pass:basic:read'],
    ['payments', 'payment:basic:read'],
    ['disputes', 'payment:dispute:read'],
    ['affiliates', 'affiliate:basic:read'],
    ['chat_channels', 'chat:read'],
    ['forums', 'forum:read'],
  ])('says that the permission for %s is missing, and no other', async (list, permission) => {
    forbidden = list;
    const problems = (await examine()).filter(({ state }) => state === 'problem');
    // Without the products there is no telling whose reviews to ask for.
    const names = list === 'products' ? ['Whop: products', 'Whop: reviews'] : [`Whop: ${list}`];
    expect(problems.map(({ name }) => name)).toEqual(names);
    expect(problems[0]?.text).toContain(`give it the permission ${permission}`);
  });

  it('asks for one row of each, once', async () => {
    await examine();
    expect(api.requests.of('payments')).toBe(1);
    expect(api.requests.of('stats')).toBe(1);
  });
});

describe('the webhook', () => {
  const make = (changes: Partial<FakeWebhook>) => {
    webhooks?.splice(0, Number.POSITIVE_INFINITY, { ...ourWebhook, ...changes });
  };

  it.each([
    ['is there', {}, {}, 'ok', 'all events'],
    ['is where PUBLIC_URL says', {}, { PUBLIC_URL: 'https://bot.example' }, 'ok', 'all events'],
    ['is elsewhere', {}, { PUBLIC_URL: 'https://moved.example' }, 'problem', 'none leads to https://moved.example'],
    ['leads to something else', { url: 'https://crm.example/hook' }, {}, 'problem', '--register-webhook'],
    ['is the app’s', { url: 'https://crm.example/hook' }, { WHOP_APP_ID: 'app_1' }, 'skipped', 'app'],
    ['is disabled', { enabled: false }, {}, 'problem', 'disabled'],
    ['lacks events', { events: wantedEvents.slice(1) }, {}, 'problem', 'lacks payment.created: add'],
  ])('%s', async (_how, webhook, changes: Changes, state, text) => {
    make(webhook);
    expect(await finding('Webhook', changes)).toMatchObject({ state, text: expect.stringContaining(text) });
  });

  it('isn’t checked where the key may not see it', async () => {
    await api.stop();
    api = await startFakeWhopApi({ lists: communityLists(100), webhooks: null });
    expect(await finding('Webhook')).toMatchObject({
      state: 'skipped',
      text: expect.stringContaining('developer:manage_webhook'),
    });
  });
});

describe('deliveries', () => {
  it('need a secret', async () => {
    expect(await finding('WHOP_WEBHOOK_SECRET', { WHOP_WEBHOOK_SECRET: '' })).toMatchObject({ state: 'problem' });
    expect(await finding('WHOP_WEBHOOK_SECRET')).toMatchObject({ state: 'ok', text: '1 set' });
  });

  it('are those that the running bot took and refused', async () => {
    const app = createWebhookApp({ pool: db.database.pool, now: Date.now(), companyId });
    await app.http.listen({ port: 0, host: '127.0.0.1' });
    const address: AddressInfo | string | null = app.http.server.address();
    const changes = { PORT: String(typeof address === 'object' ? address?.port : 0) };
    expect(await finding('Deliveries', changes)).toMatchObject({ state: 'skipped' });
    await app.send(signStandard('{"type":"noted"}', { at: Date.now() }));
    expect(await finding('Deliveries', changes)).toMatchObject({
      state: 'ok',
      text: expect.stringContaining('refused since the bot’s start: 0'),
    });
    await app.send(signStandard('{}', { at: Date.now(), secret: 'ws_other' }));
    expect(await finding('Deliveries', changes)).toMatchObject({
      state: 'problem',
      text: expect.stringContaining('matches no secret (1 since the start)'),
    });
    await app.stop();
  });
});

describe('the clock', () => {
  it.each([
    [0, 'ok'],
    [40_000, 'problem'],
    [-40_000, 'problem'],
  ])('that is %i ms ahead is %s', async (aheadMs, state) => {
    expect(await finding('Clock', {}, () => Date.now() + aheadMs)).toMatchObject({ state });
  });

  it('is compared with Discord’s where Whop can’t be reached', async () => {
    const away = { WHOP_API_URL: 'http://127.0.0.1:1/api/v1' };
    expect(await finding('Clock', away)).toMatchObject({
      state: 'ok',
      text: expect.stringContaining(new URL(discord.apiUrl).host),
    });
    expect(await finding('Clock', { ...away, DISCORD_API_URL: 'http://127.0.0.1:1' })).toMatchObject({
      state: 'skipped',
    });
  });
});
