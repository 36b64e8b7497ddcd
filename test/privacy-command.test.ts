import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountLinks } from '../src/ingest/links/account-links.ts';
import { enqueue } from '../src/store/outbox.ts';
import { recordTrouble } from '../src/store/outbox-queue.ts';
import { inOneTransaction } from '../src/store/transaction.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { runCli } from './support/program.ts';
import { current } from './support/whop/current.ts';
import { signStandard } from './support/whop/sign.ts';
import { companyId, membership, noon, payment } from './support/whop/sketch.ts';
import { emptyTables, readTable } from './support/whop/tables.ts';
import { createWebhookApp } from './support/whop/webhook-app.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const whopUserId = 'user_fay';
const discordUserId = '100200300400500600';

/** Fay pays, is linked and has been scored. */
beforeEach(async () => {
  const { pool } = db.database;
  await emptyTables(pool);
  await pool.query('delete from opted_out; delete from churn_score; delete from churn_scan');
  const app = createWebhookApp({ pool, companyId });
  const events = [
    ['payment.succeeded', current.payment(payment({ userId: whopUserId }))],
    ['membership.activated', current.membership(membership({ userId: whopUserId }))],
  ] as const;
  for (const [type, data] of events) {
    await app.send(signStandard(JSON.stringify(current.envelope(type, data, { at: noon })), { at: noon }));
  }
  await app.stop();
  const link = { discordUserId, whopUserId, source: 'self', linkedAt: noon } as const;
  expect(await createAccountLinks(pool).link(companyId, link)).toBeNull();
});

const run = (...args: string[]) =>
  runCli(['privacy', ...args], { DATABASE_URL: db.connectionString, WHOP_COMPANY_ID: companyId });

/** Every row of these tables that still tells of Fay. */
async function traces(): Promise<string[]> {
  const tables = ['account_link', 'customer', 'inbox', 'churn_score'];
  const rows = await Promise.all(tables.map((table) => readTable(db.database.pool, table)));
  return tables.filter((_, i) => /user_fay|100200300400500600/.test(JSON.stringify(rows[i])));
}

const optedOut = async () =>
  (await readTable(db.database.pool, 'opted_out')).map(({ platform, user_id }) => [platform, user_id]).sort();

describe('cli privacy', () => {
  it.each([whopUserId, discordUserId])('what tells what is stored about %s', async (who) => {
    const { code, stdout } = await run('what', who);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `On Whop: ${whopUserId}\nIn Discord: ${discordUserId}\nActivities: 0\nMemberships: 1\nPayments: 1\nScores: 0\nOpted out: no\n`,
    );
  });

  it.each([whopUserId, discordUserId])('opt-out of %s holds for both accounts', async (who) => {
    expect(await run('opt-out', who)).toMatchObject({ code: 0, stderr: '' });
    expect(await optedOut()).toEqual([
      ['discord', discordUserId],
      ['whop', whopUserId],
    ]);
    expect((await run('what', who)).stdout).toMatch(/Opted out: since \d{4}/);
  });

  it.each([whopUserId, discordUserId])('forget removes what names %s, once it is sure', async (who) => {
    expect(await traces()).toEqual(['account_link', 'customer', 'inbox']);
    expect(await run('forget', who)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') });
    expect(await traces()).toHaveLength(3);
    expect(await run('forget', who, '--yes')).toMatchObject({ code: 0, stderr: '' });
    expect(await traces()).toEqual([]);
    expect(await readTable(db.database.pool, 'payment')).toHaveLength(1);
    expect(await optedOut()).toEqual([['whop', whopUserId]]);
  });

  it('forget leaves nobody’s id with what they set up as staff', async () => {
    const { pool } = db.database;
    const message = { content: 'I can’t post there.' };
    await pool.query(
      `insert into guild_settings (company_id, guild_id, set_up_by, staff_channel_id) values ($1, '1', $2, '5')`,
      [companyId, discordUserId],
    );
    await pool.query(
      `insert into guild_link (guild_id, company_id, linked_by, linked_at) values ('1', $1, $2, now())`,
      [companyId, discordUserId],
    );
    await inOneTransaction(pool, (client) =>
      enqueue(client, { companyId, key: 'trouble', userId: discordUserId, message }),
    );
    await run('forget', discordUserId, '--yes');
    const tables = ['guild_settings', 'guild_link', 'outbox'];
    const left = await Promise.all(tables.map((table) => readTable(pool, table)));
    expect(left).toMatchObject([[{ set_up_by: '', staff_channel_id: '5' }], [{ linked_by: '' }], []]);
    await recordTrouble(pool, { companyId, channelId: '5' }, { problem: 'missing', message });
    expect(await readTable(pool, 'outbox')).toEqual([]);
  });

  it('works for whom nobody has linked', async () => {
    await db.database.pool.query('delete from account_link');
    expect((await run('what', discordUserId)).stdout).toContain('On Whop: nobody has said who\n');
    expect((await run('what', whopUserId)).stdout).toContain(
      'In Discord: nobody has said who\nActivities: 0\nMemberships: 1',
    );
    await run('forget', whopUserId, '--yes');
    expect(await traces()).toEqual([]);
  });

  it.each([
    [['what', 'fay'], 'user_AbCd1234'],
    [['tell', whopUserId], 'Allowed choices are what, opt-out, forget.'],
  ])('%j is a wrong call', async (args, line) => {
    const ended = await run(...args);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(line) });
  });
});
