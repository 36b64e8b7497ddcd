import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { asSuperuser, createTestDatabase, type TestDatabase } from '../support/database.ts';
import { current } from '../support/whop/current.ts';
import { type Signed, signStandard } from '../support/whop/sign.ts';
import { companyId, noon, payment } from '../support/whop/sketch.ts';
import { dumpTables, emptyTables, readTable } from '../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../support/whop/webhook-app.ts';

let db: TestDatabase;
let app: WebhookApp;
beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool, companyId });
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});
beforeEach(() => emptyTables(db.database.pool));

function delivery(id = 'pay_1'): Signed {
  const event = current.envelope('payment.succeeded', current.payment(payment({ id })), { at: noon });
  return signStandard(JSON.stringify(event), { at: noon });
}

async function expectComeAgain(sent: Signed, to = app): Promise<void> {
  const { statusCode, headers } = await to.send(sent);
  expect({ statusCode, retryAfter: headers['retry-after'] }).toEqual({ statusCode: 503, retryAfter: '30' });
}

async function expectRecorded(sent: Signed): Promise<void> {
  expect(await app.send(sent)).toMatchObject({ statusCode: 200 });
  expect(await readTable(db.database.pool, 'inbox')).toMatchObject([{ error: null }]);
  expect(await readTable(db.database.pool, 'payment')).toHaveLength(1);
}

describe('while the database can’t be reached', () => {
  it('deliveries are asked for again: nothing listens there', async () => {
    const pool = new pg.Pool({ connectionString: 'postgresql://tidewatch@127.0.0.1:1/none' });
    const cutOff = createWebhookApp({ pool, companyId });
    await expectComeAgain(delivery(), cutOff);
    await expect(Promise.all([1, 2, 3].map(() => expectComeAgain(delivery(), cutOff)))).resolves.toHaveLength(3);
    expect(await cutOff.http.inject('/metrics')).toMatchObject({
      body: expect.stringContaining('tidewatch_webhooks_total{outcome="unavailable"} 4'),
    });
    await cutOff.stop();
    await pool.end();
  });

  it('they are asked for again while it takes no connections, and recorded once it does', async () => {
    const sent = delivery();
    const name = new URL(db.connectionString).pathname.slice(1);
    await asSuperuser(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await asSuperuser(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await expectComeAgain(sent);
    await expectComeAgain(sent);
    await asSuperuser(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await expectRecorded(sent);
  });

  it('a connection that is lost in the midst of a commit leaves nothing by halves', async () => {
    const sent = delivery();
    const blocker = await db.database.pool.connect();
    await blocker.query('begin; lock table payment in exclusive mode');
    const answer = expectComeAgain(sent);
    await untilWaiting();
    const name = new URL(db.connectionString).pathname.slice(1);
    await asSuperuser(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND wait_event_type = 'Lock'`,
    );
    await answer;
    await blocker.query('rollback');
    blocker.release();
    expect(await dumpTables(db.database.pool)).toBe('');
    await expectRecorded(sent);
  });

  it('a wrong signature is still a wrong signature', async () => {
    const pool = new pg.Pool({ connectionString: 'postgresql://tidewatch@127.0.0.1:1/none' });
    const cutOff = createWebhookApp({ pool, companyId });
    expect(await cutOff.send({ ...delivery(), body: '{}' })).toMatchObject({ statusCode: 401 });
    await cutOff.stop();
    await pool.end();
  });
});

describe('while the database can’t store anything', () => {
  // What Postgres would say, said by a trigger.
  const refuseWith = (sqlState: string) => `
    create or replace function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'not now' using errcode = '${sqlState}', detail = 'the row was (Ada)'; end $$;
    create trigger refuse before insert on payment for each row execute function refuse()`;
  const stopRefusing = 'drop trigger refuse on payment';

  it.each([
    ['a full disk', '53100'],
    ['a deadlock', '40P01'],
    ['a serialization failure', '40001'],
    ['a statement that took too long', '57014'],
    ['a read-only server', '25006'],
    ['an I/O error', '58030'],
  ])('deliveries are asked for again and keep their facts: %s', async (_case, sqlState) => {
    const sent = delivery();
    await db.database.pool.query(refuseWith(sqlState));
    await expectComeAgain(sent);
    expect(await dumpTables(db.database.pool)).toBe('');
    await db.database.pool.query(stopRefusing);
    await expectRecorded(sent);
    expect(app.logged()).not.toContain('Ada');
  });

  it('a failure of ours is answered as one, and the delivery keeps its facts', async () => {
    const sent = delivery();
    await db.database.pool.query('alter table payment rename to payment_elsewhere');
    const { statusCode, body } = await app.send(sent);
    expect(statusCode).toBe(500);
    expect(body).not.toMatch(/payment|relation|SQL/i);
    await db.database.pool.query('alter table payment_elsewhere rename to payment');
    await expectRecorded(sent);
  });
});

describe('after the database came back', () => {
  it('waiting deliveries are all answered and recorded', async () => {
    const { pool, stop } = await openDatabase({
      connectionString: db.connectionString,
      log: pino({ level: 'silent' }),
      poolSize: 1,
    });
    const busy = createWebhookApp({ pool, companyId });
    const held = await pool.connect();
    const answers = Array.from({ length: 50 }, (_, i) => busy.send(delivery(`pay_${i}`)));
    held.release();
    for (const answer of answers) expect(await answer).toMatchObject({ statusCode: 200 });
    expect(await readTable(db.database.pool, 'payment')).toHaveLength(50);
    await busy.stop();
    await stop();
  });
});

async function untilWaiting(): Promise<void> {
  for (;;) {
    const { rows } = await db.database.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
