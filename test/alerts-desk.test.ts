import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { dayMs } from '../src/domain/churn/member-history.ts';
import { scanCompanyChurn } from '../src/jobs/scan-churn.ts';
import { tellAlerts } from '../src/jobs/tell-alerts.ts';
import { reports } from '../src/reports/index.ts';
import { writeGuildSettings } from '../src/store/guild-settings.ts';
import { inOneTransaction } from '../src/store/transaction.ts';
import { storeCommunity } from './support/churn/store-community.ts';
import { reasonOfFay, storyCommunity } from './support/churn/story-community.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, type Press, startFakeDiscord } from './support/discord/fake-discord.ts';
import { PERMISSIONS } from './support/discord/people.ts';
import { jobParts } from './support/job-parts.ts';
import { current } from './support/whop/current.ts';
import { signStandard } from './support/whop/sign.ts';
import { payment } from './support/whop/sketch.ts';
import { readTable } from './support/whop/tables.ts';
import { createWebhookApp } from './support/whop/webhook-app.ts';

const minuteMs = 60_000;
const now = Date.now();
const companyId = 'biz_1';
const staff = '100000000000000001';

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let app: App;
let elsewhere: string;
let unconnected: string;

beforeAll(async () => {
  [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  const { pool } = testDatabase.database;
  const { guildId, apiUrl, token } = discord;
  [elsewhere, unconnected] = [discord.addGuild('Elsewhere'), discord.addGuild('Nowhere')];
  const until = now - minuteMs;
  await storeCommunity(pool, { companyId, histories: storyCommunity(until), until });
  await writeGuildSettings(pool, { companyId, guildId, setUpBy: '7' }, { staffChannelId: staff });
  await pool.query(
    `insert into guild_link (guild_id, company_id, linked_by, linked_at) values ($1, 'biz_2', '7', now())`,
    [elsewhere],
  );
  const environment = {
    ...{ DATABASE_URL: testDatabase.connectionString, DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl },
    ...{ DISCORD_GUILD_IDS: guildId, WHOP_COMPANY_ID: companyId, ROLES: 'gateway', CHARTS: 'off' },
  };
  app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
}, 120_000);

afterAll(async () => {
  await app.stop();
  await discord.stop();
  await testDatabase.drop();
});

const parts = () => jobParts(testDatabase.database);

async function scan(at: number): Promise<void> {
  const write = await scanCompanyChurn({ companyId, slot: { key: 'any', at }, now: at }, parts());
  await inOneTransaction(testDatabase.database.pool, write);
}

/** Of whom there are alerts about a risk. */
async function alerted(): Promise<string[]> {
  const { rows } = await testDatabase.database.pool.query<{ id: string }>(
    `select customer_id as id from alert join membership using (company_id) where thing_id = membership.id`,
  );
  return rows.map(({ id }) => id);
}

const optOut = (memberId: string) =>
  testDatabase.database.pool.query(`insert into opted_out values ($1, 'whop', $2, now()) on conflict do nothing`, [
    companyId,
    memberId,
  ]);

/** The one message to staff about Fay, once it says so. */
function told(text: RegExp) {
  return vi.waitFor(() => {
    const aboutFay = discord.posting.in(staff).filter(({ embeds }) => embeds[0]?.description?.includes('_fay'));
    const [message, ...others] = aboutFay;
    expect(others).toEqual([]);
    const description = message?.embeds[0]?.description ?? '';
    expect(description).toMatch(text);
    return { messageId: message?.id ?? '', title: message?.embeds[0]?.title, description, message };
  }, 8000);
}

/** Presses the button of the first alert of the message that has it. */
async function press(label: string, options: Press = {}) {
  const { messageId } = await told(/./);
  const button = discord.message(messageId)?.buttons.find((one) => one.label.includes(label))?.label ?? label;
  return discord.press({ messageId }, button, { timeoutMs: 30_000, ...options });
}

describe('a member who fades', () => {
  it('is told to staff by the scan, once, with reasons in numbers; whoever opts out isn’t', async () => {
    await scan(now - 45 * dayMs);
    expect(await alerted()).toEqual([]);
    const others = new Set<string>();
    // Nobody learns from those who opted out, so that somebody else may be at high risk without them.
    for (let [minutes, known] = [50, -1]; known < others.size; minutes -= 1) {
      known = others.size;
      await scan(now - minutes * minuteMs);
      for (const memberId of await alerted()) if (memberId !== 'user_fay') others.add(memberId);
      for (const memberId of others) await optOut(memberId);
    }
    expect(others.size).toBeGreaterThan(0);
    await tellAlerts(parts(), now - 10 * minuteMs);
    await scan(now - 9 * minuteMs);
    await tellAlerts(parts(), now - 5 * minuteMs);
    const { title, description, message } = await told(/_fay/);
    expect(title).toBe('A member is likely to leave');
    expect(description).toMatch(/At high risk now: \d+ % likely to leave within 30 days/);
    expect(description).toMatch(reasonOfFay);
    expect(description).toContain('Monthly · $10.00 MRR');
    expect(description).toMatch(/Next bill <t:\d+:f>/);
    expect(message?.allowedMentions).toEqual({ parse: [] });
  });

  it('is shown to whoever asks, alone, and to nobody of another server', async () => {
    const before = await told(/_fay/);
    const shown = await press('Show member');
    expect(shown).toMatchObject({ ephemeral: true, outcome: 'shown' });
    expect(shown.text).toContain('Probability of leaving within 30 days');
    expect((await press('Show member', { guildId: elsewhere })).text).toContain('I know no customer');
    expect((await press('Contacted', { guildId: elsewhere })).text).toContain('I don’t know this alert');
    expect((await press('Contacted', { guildId: unconnected })).text).toContain('isn’t connected');
    const member = await press('Contacted', { permissions: PERMISSIONS.member });
    expect(member.text).toContain('Only people with the Manage Server permission');
    expect((await told(/_fay/)).description).toBe(before.description);
    expect(await readTable(testDatabase.database.pool, 'alert_response')).toEqual([]);
  });

  it('is contacted and renews, which the message says and the digest counts', async () => {
    const answer = await press('Contacted');
    expect(answer.text).toContain(`Contacted by <@${discord.userId}>`);
    await told(/Contacted by/);
    const ids = { id: 'pay_new', userId: 'user_fay', membershipId: 'mem_user_fay', planId: 'plan_month' };
    const data = current.payment(payment({ ...ids, createdAt: now - 2 * minuteMs, updatedAt: now - 2 * minuteMs }));
    const body = JSON.stringify(current.envelope('payment.succeeded', data, { at: now, companyId }));
    const webhooks = createWebhookApp({ pool: testDatabase.database.pool, companyId, now });
    expect(await webhooks.send(signStandard(body, { at: now }))).toMatchObject({ statusCode: 200 });
    await webhooks.stop();
    await tellAlerts(parts(), now);
    const { description } = await told(/\*\*Paid\*\* <t:\d+:f>/);
    expect(description).toContain(`Contacted by <@${discord.userId}>`);
    const digest = await reports.digest({ companyId, period: 'week', now: now + 7 * dayMs }, parts().sources);
    const alerts = digest.tables.find(({ key }) => key === 'alerts')?.rows;
    expect(alerts).toMatchObject([{ told: expect.any(Number), contacted: 1, stayed: 1, left_after: 0 }]);
  });

  it('leaves nothing of an alert once they are forgotten', async () => {
    const { pool } = testDatabase.database;
    await pool.query(`insert into account_link values ($1, $2, 'user_fay', 'self', now())`, [
      companyId,
      discord.userId,
    ]);
    const asked = await discord.slash({ command: 'privacy', subcommand: 'forget' });
    await discord.press(asked, 'Forget me');
    expect(await alerted()).not.toContain('user_fay');
    expect(await readTable(pool, 'alert_response')).toEqual([]);
  });
});
