import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '../commands/index.ts';
import { commandContext } from '../src/command-context.ts';
import { parseConfig } from '../src/config.ts';
import type { Request } from '../src/discord/command.ts';
import { parseCustomId } from '../src/discord/custom-id.ts';
import { startPoster } from '../src/discord/posting/poster.ts';
import { createPrivacyChanges } from '../src/ingest/privacy/privacy-changes.ts';
import { tellAlerts } from '../src/jobs/tell-alerts.ts';
import { alertMessage } from '../src/render/alert-message.ts';
import { digestFieldsWithNames } from '../src/render/digest-message.ts';
import { dropAlerts } from '../src/store/alerts/write-decision.ts';
import { createOutbox } from '../src/store/create-outbox.ts';
import { writeGuildSettings } from '../src/store/guild-settings.ts';
import { enqueue } from '../src/store/outbox.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type PostingServer, startPostingServer } from './support/discord/posting-server.ts';
import { jobParts } from './support/job-parts.ts';
import { current } from './support/whop/current.ts';
import { signStandard } from './support/whop/sign.ts';
import { claim, companyId, membership, minuteMs, noon, payment } from './support/whop/sketch.ts';
import { emptyTables, readTable } from './support/whop/tables.ts';
import { createWebhookApp } from './support/whop/webhook-app.ts';

const staff = '100000000000000001';
const dayMs = 24 * 60 * minuteMs;

let db: TestDatabase;
let discord: PostingServer;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  discord = await startPostingServer();
  const { pool } = db.database;
  await emptyTables(pool);
  await pool.query('delete from outbox; delete from guild_settings; delete from opted_out');
  await writeGuildSettings(pool, { companyId, guildId: '1', setUpBy: '7' }, { staffChannelId: staff });
});
afterEach(() => discord.stop());

type Data = Parameters<typeof current.envelope>[1];

/** Deliveries that arrive together, at one time; each has an id of its own. */
async function deliver(at: number, ...events: [type: string, data: Data][]): Promise<void> {
  const app = createWebhookApp({ pool: db.database.pool, companyId, now: at });
  const answers = await Promise.all(
    events.map(([type, data], n) =>
      app.send(
        signStandard(JSON.stringify(current.envelope(type, data, { at })), { at, id: `msg_${at}_${n}_${type}` }),
      ),
    ),
  );
  for (const { statusCode } of answers) expect(statusCode).toBe(200);
  await app.stop();
}

const failed = (n: number, createdAt = noon) =>
  payment({ id: `pay_${n}`, userId: `user_${n}`, membershipId: `mem_${n}`, failed: true, createdAt });
const failing = (n: number, at = noon): [string, Data] => ['payment.failed', current.payment(failed(n, at))];
const look = (at: number) => tellAlerts(jobParts(db.database), at);

/** What the staff channel shows once all is posted. */
async function posted() {
  const { pool } = db.database;
  const { apiUrl, token, posting } = discord;
  const poster = startPoster({ apiUrl, token, outbox: createOutbox(pool), log: pino({ level: 'silent' }), pollMs: 10 });
  await vi.waitFor(
    async () => expect((await pool.query('select from outbox where free_at is not null')).rowCount).toBe(0),
    { timeout: 8000, interval: 20 },
  );
  await poster.stop();
  return posting.in(staff).map(({ embeds, components }) => {
    const text = embeds.map(({ title, description }) => `${title}\n${description}`).join('\n');
    return { text, components: JSON.stringify(components) };
  });
}

const ids = (components: string) => [...components.matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id ?? '');

/** Presses a button, or types a command, as somebody with Manage Server. */
async function ask(question: Pick<Request, 'command' | 'subcommand' | 'options'> | null, now: number) {
  const command = commands.find(({ payload }) => payload.name === question?.command);
  if (question === null || command === undefined) return expect.fail('no such button');
  const context = commandContext(parseConfig({ CHARTS: 'off' }), {
    sources: jobParts(db.database).sources,
    log: pino({ level: 'silent' }),
  });
  const asker = { userId: '4242', permissions: 0n };
  const request = { ...question, asker, channelId: null, channels: {}, guildId: '1', companyId, now: new Date(now) };
  return command.run(request, context);
}

const messages = { showAlerts: alertMessage, digestFieldsWithNames };

function forget(discordUserId: string): Promise<void> {
  return createPrivacyChanges(db.database.pool, messages).forget(
    companyId,
    { platform: 'discord', id: discordUserId },
    noon,
  );
}

async function press(response: string, components: string, now: number) {
  const id = ids(components).find((one) => one.startsWith(`alerts ${response} `)) ?? '';
  return ask(parseCustomId(id), now);
}

describe('two who answer at once', () => {
  it('are both shown, though both looked at the message before the other was done', async () => {
    const { pool } = db.database;
    await deliver(noon + minuteMs, failing(1), failing(2));
    await look(noon + 3 * minuteMs);
    const [alert] = await posted();
    const contacted = ids(alert?.components ?? '').filter((id) => id.startsWith('alerts contacted '));
    expect(contacted).toHaveLength(2);
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query('select from outbox for update');
    const answers = contacted.map((id, n) => ask(parseCustomId(id), noon + (n + 4) * minuteMs));
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await vi.waitFor(async () => expect((await pool.query(waiting)).rowCount).toBe(2), { timeout: 8000 });
    await holder.query('commit');
    holder.release();
    await Promise.all(answers);
    const [after] = await posted();
    expect(after?.text.match(/Contacted by/g)).toHaveLength(2);
  });
});

describe('a payment that fails', () => {
  it('is told to staff, who contacts the member, who pays, which the message says and the digest counts', async () => {
    const plan = { id: 'plan_1', title: 'Gold *VIP*', plan_type: 'renewal', billing_period: 30, currency: 'usd' };
    await deliver(
      noon - dayMs,
      ['plan.updated', plan],
      ['membership.activated', current.membership(membership({ id: 'mem_1', createdAt: noon - dayMs }))],
      ['payment.succeeded', current.payment(payment({ id: 'pay_0', createdAt: noon - dayMs }))],
    );
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    const [alert, ...others] = await posted();
    expect(others).toEqual([]);
    expect(alert?.text).toContain('A payment failed');
    expect(alert?.text).toContain('**@user\\_1\\_name** · Gold \\*VIP\\* · $29.99 MRR');
    expect(alert?.text).toContain('$29.99 couldn’t be charged.');

    const reply = await press('contacted', alert?.components ?? '', noon + 60 * minuteMs);
    const [contacted] = await posted();
    expect(contacted?.text).toContain('Contacted by <@4242>');
    expect(`${reply.embeds?.[0]?.title}\n${reply.embeds?.[0]?.description}`).toBe(contacted?.text);

    const paidAt = noon + dayMs;
    await deliver(paidAt, ['payment.succeeded', current.payment({ ...failed(1), failed: false, updatedAt: paidAt })]);
    await look(paidAt + minuteMs);
    const after = await posted();
    expect(after).toHaveLength(1);
    expect(after[0]?.text).toContain(`**Paid** <t:${paidAt / 1000}:f>`);
    expect(after[0]?.text).toContain('Contacted by <@4242>');
    expect(await readTable(db.database.pool, 'alert')).toMatchObject([{ state: 'told', outcome: 'paid' }]);

    const monday = Date.UTC(2026, 2, 16, 9);
    const { embeds } = await ask({ command: 'digest', subcommand: 'preview', options: {} }, monday);
    expect(JSON.stringify(embeds)).toContain('1 alert, 1 contacted, 1 stayed.');
  });

  it('is told once, however often and in whatever deliveries it is told of', async () => {
    for (const at of [noon + minuteMs, noon + 2 * minuteMs, noon + dayMs]) {
      await deliver(at, failing(1), failing(1));
      await look(at + 5 * minuteMs);
    }
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 2 * dayMs);
    expect(await posted()).toHaveLength(1);
  });

  it('is told by one message where 200 fail at once', async () => {
    await deliver(noon + minuteMs, ...Array.from({ length: 200 }, (_, n) => failing(n)));
    await look(noon + minuteMs);
    await look(noon + 3 * minuteMs);
    await look(noon + 4 * minuteMs);
    const [burst, ...others] = await posted();
    expect(others).toEqual([]);
    expect(burst?.text).toContain('200 payments failed');
    expect(burst?.text).toContain('… and 195 more');
    expect(ids(burst?.components ?? '')).toHaveLength(20);
  });

  it('isn’t told if that was more than two days ago, and if it is paid before it is told', async () => {
    await deliver(noon + 3 * dayMs, failing(1), failing(2, noon + 3 * dayMs - minuteMs));
    const paid = payment({ ...failed(2), failed: false, updatedAt: noon + 3 * dayMs });
    await deliver(noon + 3 * dayMs + 1000, ['payment.succeeded', current.payment(paid)]);
    await look(noon + 3 * dayMs + 5 * minuteMs);
    expect(await posted()).toEqual([]);
    expect(await readTable(db.database.pool, 'alert')).toMatchObject([{ thing_id: 'pay_2', state: 'settled' }]);
  });

  it('gathers nothing where no staff channel is set', async () => {
    await db.database.pool.query('delete from guild_settings');
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    expect(await readTable(db.database.pool, 'alert')).toMatchObject([{ state: 'nowhere' }]);
  });

  it('isn’t let go where a staff channel is chosen after it was found that there is none', async () => {
    await deliver(noon + minuteMs, failing(1));
    await dropAlerts(db.database.pool, companyId, noon + 3 * minuteMs);
    expect(await readTable(db.database.pool, 'alert')).toMatchObject([{ state: 'waiting' }]);
  });
});

describe('a dispute', () => {
  const answerBy = noon + 9 * dayMs;
  const disputed = (status: string): Data => ({
    ...Object(current.dispute(claim({ id: 'dspt_1', amount: 29.99, createdAt: noon }))),
    ...{ status, needs_response_by: new Date(answerBy).toISOString() },
  });

  it('is told with its amount, the time left to answer, and how far it is to Whop’s limit', async () => {
    const payments = Array.from({ length: 49 }, (_, n) => payment({ id: `pay_${n}`, createdAt: noon - dayMs }));
    await deliver(noon, ...payments.map((one): [string, Data] => ['payment.succeeded', current.payment(one)]));
    await deliver(noon + minuteMs, ['dispute.created', disputed('needs_response')]);
    await look(noon + 3 * minuteMs);
    const [alert] = await posted();
    expect(alert?.text).toContain('A payment is disputed\n**@user\\_1\\_name** · Signals');
    const by = `<t:${answerBy / 1000}:f> (<t:${answerBy / 1000}:R>)`;
    expect(alert?.text).toContain(`$29.99 is disputed. Answer it in Whop’s dashboard. An answer is taken until ${by}.`);
    expect(alert?.text).toMatch(
      /In the last 30 days 1 of \d+ payments \(2\.\d %\) were disputed; Whop’s limit is 2 %\./,
    );
    expect(alert?.text).toContain('**You are above it.**');
    await deliver(noon + dayMs, ['dispute.updated', disputed('won')]);
    await look(noon + dayMs + minuteMs);
    expect((await posted())[0]?.text).toContain('➡️ **Won**');
  });

  it('is told of by the bank’s warning, and again where it becomes one within 14 days', async () => {
    await deliver(noon + minuteMs, ['dispute.created', disputed('warning_needs_response')]);
    await look(noon + 3 * minuteMs);
    await deliver(noon + dayMs, ['dispute.updated', disputed('needs_response')]);
    await look(noon + dayMs + 3 * minuteMs);
    const texts = (await posted()).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain('$29.99 may be disputed: the bank warns of it, and refunding may prevent it.');
    expect(texts[1]).toContain('$29.99 is disputed.');
  });
});

describe('a trial', () => {
  const trial = (at: number, differs: Parameters<typeof membership>[0]): [string, Data] => [
    'membership.updated',
    current.membership(membership({ createdAt: noon - 6 * dayMs, updatedAt: at, periodEnd: noon + dayMs, ...differs })),
  ];

  it('that won’t be paid for is told once, when that is decided, and what became of it', async () => {
    await deliver(noon + minuteMs, trial(noon, { status: 'trialing', cancelAtPeriodEnd: true }));
    await look(noon + 3 * minuteMs);
    const ends = `<t:${(noon + dayMs) / 1000}:f> (<t:${(noon + dayMs) / 1000}:R>)`;
    expect((await posted())[0]?.text).toContain(
      `A trial ends unconverted\n**@user\\_1\\_name** · Signals\nWon’t be charged after the trial. It ends ${ends}.`,
    );
    await deliver(noon + dayMs, trial(noon + dayMs, { status: 'expired', cancelAtPeriodEnd: true }));
    await look(noon + dayMs + 3 * minuteMs);
    const [alert, ...others] = await posted();
    expect(others).toEqual([]);
    expect(alert?.text).toContain('Ended without a payment.\n➡️ **Left**');
  });
});

describe('a name', () => {
  it('isn’t told of somebody who has opted out', async () => {
    await db.database.pool.query(`insert into opted_out values ($1, 'whop', 'user_1', now())`, [companyId]);
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    const [alert] = await posted();
    expect(alert?.text).toContain('**Somebody who has opted out** · Signals\n$29.99 couldn’t be charged.');
    expect(`${alert?.text} ${alert?.components}`).not.toContain('user');
  });

  it('of staff that wants to be forgotten is gone, and what they pressed goes on counting', async () => {
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    await press('snooze', (await posted())[0]?.components ?? '', noon + 4 * minuteMs);
    await forget('4242');
    const paid = payment({ ...failed(1), failed: false, updatedAt: noon + 5 * minuteMs });
    await deliver(noon + 5 * minuteMs, ['payment.succeeded', current.payment(paid)]);
    await look(noon + 6 * minuteMs);
    const [alert] = await posted();
    expect(alert?.text).toContain('Snoozed for 7 days <t:');
    expect(alert?.text).toContain('**Paid**');
    expect(JSON.stringify(await readTable(db.database.pool, 'alert_response'))).not.toContain('4242');
  });

  it('of a member who is forgotten before anything is told isn’t told', async () => {
    const { pool } = db.database;
    await pool.query(`insert into account_link values ($1, '77', 'user_1', 'self', now())`, [companyId]);
    await deliver(noon + minuteMs, failing(1));
    await forget('77');
    await look(noon + 3 * minuteMs);
    expect(await posted()).toEqual([]);
    expect(await readTable(pool, 'alert')).toEqual([]);
  });

  it('of a member who is forgotten before it is posted isn’t posted, nor kept', async () => {
    const { pool } = db.database;
    await pool.query(`insert into account_link values ($1, '77', 'user_1', 'self', now())`, [companyId]);
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    await forget('77');
    expect(JSON.stringify(await readTable(pool, 'outbox'))).not.toContain('user_1');
    expect(await posted()).toEqual([]);
  });

  it('of a member who is forgotten is left out of a message that waits, and the others are told', async () => {
    const { pool } = db.database;
    await pool.query(`insert into account_link values ($1, '77', 'user_1', 'self', now())`, [companyId]);
    await deliver(noon + minuteMs, failing(1), failing(2));
    await look(noon + 3 * minuteMs);
    await forget('77');
    const [alert, ...more] = await posted();
    expect(more).toEqual([]);
    expect(alert?.text).toContain('A payment failed');
    expect(alert?.components).toContain('user_2');
    expect(`${alert?.text} ${alert?.components}`).not.toContain('user_1');
  });

  it('of a member who is forgotten is in no digest that waits', async () => {
    const { pool } = db.database;
    await pool.query(`insert into account_link values ($1, '77', 'user_1', 'self', now())`, [companyId]);
    const fields = ['MRR', ...digestFieldsWithNames].map((name) => ({ name, value: 'ada_1' }));
    const message = { embeds: [{ title: 'Weekly digest', fields }], files: [] };
    await enqueue(pool, { companyId, key: 'digest 2026-03-09 1', channelId: staff, message });
    await forget('77');
    const [outbox] = await readTable(pool, 'outbox');
    expect(outbox?.body).toMatchObject({ embeds: [{ title: 'Weekly digest', fields: fields.slice(0, 1) }] });
  });
});

describe('a member whom staff leaves alone', () => {
  const scheduled = (at: number): [string, Data] => {
    const sketch = membership({ id: 'mem_1', cancelAtPeriodEnd: true, createdAt: noon, updatedAt: at });
    return ['membership.cancel_at_period_end_changed', current.membership(sketch)];
  };

  async function alertOf(response: string) {
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    const [alert] = await posted();
    await press(response, alert?.components ?? '', noon + 4 * minuteMs);
  }

  it('stays so for 7 days where they were snoozed, and is told of then', async () => {
    await alertOf('snooze');
    await deliver(noon + dayMs, scheduled(noon + dayMs));
    await look(noon + 7 * dayMs + 4 * minuteMs - 1);
    expect(await posted()).toHaveLength(1);
    await look(noon + 7 * dayMs + 4 * minuteMs);
    const [snoozed, cancelled] = await posted();
    expect(snoozed?.text).toContain('Snoozed for 7 days by <@4242>');
    expect(cancelled?.text).toContain('A cancellation is scheduled');
  });

  it('is told of for another kind where they were called no risk in one, and of that after 14 days', async () => {
    await alertOf('dismiss');
    const later = (id: string, at: number): [string, Data] => {
      return ['payment.failed', current.payment({ ...failed(1, at - minuteMs), id })];
    };
    const end = noon + 14 * dayMs + 4 * minuteMs;
    await deliver(end - 3 * minuteMs, later('pay_within', end - 3 * minuteMs), scheduled(end - 3 * minuteMs));
    await look(end - 1);
    await deliver(end, later('pay_after', end));
    await look(end + 2 * minuteMs);
    const titles = (await posted()).map(({ text }) => text.split('\n')[0]);
    expect(titles).toEqual(['A payment failed', 'A cancellation is scheduled', 'A payment failed']);
  });
});

describe('/alerts', () => {
  const typed = (subcommand: string, options: Request['options'], now = noon) =>
    ask({ command: 'alerts', subcommand, options }, now).then(({ embeds }) => embeds?.[0]?.description ?? '');

  it('settings changes what is named, keeps the rest, and shows all', async () => {
    expect(await typed('settings', {})).toContain('Every failed payment counts.\nNo quiet hours.');
    await typed('settings', { minimum: 49.5, quiet_from: 22, quiet_until: 7 });
    const text = await typed('settings', { per_day: 3 });
    expect(text).toContain(`Told in <#${staff}>.\nFailed payments below $49.50 are left out.`);
    expect(text).toContain('Quiet from 22:00 until 07:00 (UTC)');
    expect(text).toContain('3 a day are shown in detail');
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    expect(await readTable(db.database.pool, 'alert')).toMatchObject([{ state: 'small' }]);
  });

  it('mute leaves a kind out until it ends or is unmuted', async () => {
    expect(await typed('mute', { kind: 'failed_payment', until: '7d' })).toContain('Muted until <t:');
    await deliver(noon + minuteMs, failing(1));
    await look(noon + 3 * minuteMs);
    expect(await posted()).toEqual([]);
    expect(await typed('mute', { kind: 'failed_payment', until: 'unmute' })).not.toContain('Muted');
    await deliver(noon + 10 * minuteMs, failing(2));
    await look(noon + 13 * minuteMs);
    expect(await posted()).toHaveLength(1);
  });

  it('says so where the alert of a button is gone', async () => {
    const gone = { command: 'alerts', subcommand: 'contacted', options: { alert: 'nobody' } };
    await expect(ask(gone, noon)).rejects.toThrow('I don’t know this alert any more.');
  });
});
