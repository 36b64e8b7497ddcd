import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import type { Json } from '../src/ingest/delivery.ts';
import { createLog } from '../src/log.ts';
import { writeGuildSettings } from '../src/store/guild-settings.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { type FakeWhopApi, startFakeWhopApi } from './support/whop/api/fake-whop-api.ts';
import { affiliateRow, promoCodeRow } from './support/whop/api/marketing-rows.ts';
import { planRow } from './support/whop/api/rows.ts';
import { generations } from './support/whop/generations.ts';
import { webhookSecret } from './support/whop/sign.ts';
import { companyId, membership, payment } from './support/whop/sketch.ts';

const now = Date.now();
const daysAgo = (days: number) => now - days * 86_400_000;
const { current } = generations;

const tide20 = {
  ...{ id: 'promo_tide', code: 'TIDE20', amount_off: 20, promo_type: 'percentage' },
  ...{ base_currency: 'usd', number_of_intervals: 3 },
};
const user = (name: string) => ({ id: `user_${name}`, name, username: `${name}_tells` });

/** Somebody begins to pay ten days ago, with the code or without. */
function beginning(name: string, code: Json): [type: string, data: Json][] {
  const own = { userId: `user_${name}`, createdAt: daysAgo(10) };
  const bought = payment({ ...own, id: `pay_${name}`, membershipId: `mem_${name}`, total: code === null ? 30 : 24 });
  return [
    ['membership.activated', current.membership(membership({ ...own, id: `mem_${name}` }))],
    ['payment.succeeded', { ...Object(current.payment(bought)), promo_code: code }],
  ];
}

describe('a creator who gives codes away and has affiliates', () => {
  let testDatabase: TestDatabase;
  let discord: FakeDiscord;
  let api: FakeWhopApi;
  let app: App;

  beforeAll(async () => {
    [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
    api = await startFakeWhopApi({
      lists: {
        plans: { count: 1, at: () => planRow({ id: 'plan_1', at: daysAgo(90) }) },
        promo_codes: { count: 1, at: () => promoCodeRow({ id: 'promo_tide', code: 'TIDE20' }) },
        affiliates: {
          count: 2,
          at: (i) =>
            affiliateRow({ id: `aff_${i}`, user: user(['ava', 'bo'][i] ?? ''), total_revenue_usd: `$${i + 1}00.00` }),
        },
      },
    });
    const environment = {
      DATABASE_URL: testDatabase.connectionString,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_GUILD_IDS: discord.guildId,
      WHOP_COMPANY_ID: companyId,
      WHOP_WEBHOOK_SECRET: webhookSecret,
      WHOP_API_KEY: api.apiKey,
      WHOP_API_URL: api.url,
      HOST: '127.0.0.1',
      PORT: '0',
    };
    app = await startApp(parseConfig(environment), createLog('silent'));
    const deliveries = [...beginning('cleo', tide20), ...beginning('dora', tide20), ...beginning('elsa', null)];
    for (const [type, data] of deliveries) {
      const { body, headers } = current.sign(JSON.stringify(current.envelope(type, data, { at: now })), { at: now });
      const { status } = await fetch(`${app.url}/webhooks/whop`, { method: 'POST', body, headers });
      expect(status).toBe(200);
    }
    while (!(await discord.slash({ command: 'status' })).text.includes('complete since')) await delay(20);
  });
  afterAll(async () => {
    await app.stop();
    await api.stop();
    await discord.stop();
    await testDatabase.drop();
  });
  beforeEach(() => testDatabase.database.pool.query('delete from guild_settings'));

  const ask = (options: Record<string, boolean> = {}) =>
    discord.slash({ command: 'stats', subcommand: 'marketing', options });
  const setStaffChannel = (staffChannelId: string) =>
    writeGuildSettings(
      testDatabase.database.pool,
      { companyId, guildId: discord.guildId, setUpBy: '1' },
      { staffChannelId },
    );
  const together = 'All together: Customers 14 · Gross revenue $300.00';

  it('reads what each code brought and how customers came, alone, beside a chart', async () => {
    const answer = await ask();
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('Marketing · Tide Club');
    expect(answer.text).toContain(
      'promo code: Customers 2 · Gross revenue $48.00\ndirect: Customers 1 · Gross revenue $30.00',
    );
    expect(answer.text).toContain(
      'TIDE20: Payments 2 · New customers 2 · Gross revenue $48.00 · Discount $12.00 · ' +
        'Paying after 30 days not known · 90 days not known',
    );
    expect(answer.text).toContain('bo\\_tells: Customers 7 · Gross revenue $200.00');
    expect(answer.text).toContain('Whop’s API tells neither tracking links nor which affiliate a customer came by');
    expect(answer.files.map(({ name }) => name)).toEqual(['marketing.png']);
    expect(answer.text).not.toContain('compared with');
    expect((await discord.press(answer, '7 days')).text).not.toContain('TIDE20');
  });

  it('sees affiliates named in the staff channel and, without one, alone', async () => {
    expect((await ask({ public: true })).text).toContain(together);
    await setStaffChannel('77');
    const elsewhere = await ask();
    expect(elsewhere.text).toContain(together);
    expect(elsewhere.text).not.toContain('_tells');
    await setStaffChannel(discord.guilds.get(discord.guildId)?.channelId ?? '');
    expect((await ask({ public: true })).text).toContain('ava\\_tells: Customers 7 · Gross revenue $100.00');
  });

  it('exports names to the staff channel alone', async () => {
    const exported = async () => {
      const { files } = await discord.slash({ command: 'export', options: { report: 'marketing' } });
      const file = files.find(({ name }) => name === 'marketing-affiliates.csv');
      return Buffer.from(file?.bytes ?? []).toString();
    };
    expect(await exported()).toContain('All together,USD,14,300\r\n');
    await setStaffChannel(discord.guilds.get(discord.guildId)?.channelId ?? '');
    expect(await exported()).toContain('bo_tells,USD,7,200\r\n');
  });
});
