import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIngest, type Ingest } from '../src/ingest/ingest.ts';
import { type Replay, replayDeliveries } from '../src/replay.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { companyDefaults } from './support/facts.ts';
import { runCli } from './support/program.ts';
import { current } from './support/whop/current.ts';
import { generations } from './support/whop/generations.ts';
import { type Signed, signStandard } from './support/whop/sign.ts';
import { claim, companyId, membership, noon, payment } from './support/whop/sketch.ts';
import { bookTables, dumpTables, emptyTables, factTables, readTable } from './support/whop/tables.ts';
import { createWebhookApp } from './support/whop/webhook-app.ts';

let db: TestDatabase;
let ingest: Ingest;
beforeAll(async () => {
  db = await createTestDatabase();
  ingest = createIngest({ pool: db.database.pool, log: pino({ level: 'silent' }), settings: companyDefaults });
});
afterAll(async () => {
  await ingest.stop();
  await db.drop();
});
beforeEach(() => emptyTables(db.database.pool));

const paid = payment({ total: 30 });

/** Of all kinds, in all shapes. */
const story: Signed[] = Object.values(generations).flatMap(({ envelope, sign, ...make }, i) => {
  const own = payment({ id: `pay_${i}`, total: 30 });
  const events = [
    ['payment.succeeded', make.payment(own)],
    ['membership.activated', make.membership(membership())],
    ['refund.created', make.refund(claim({ id: `rf_${i}`, payment: own, amount: 5 }))],
  ] as const;
  return events.map(([type, data], n) =>
    sign(JSON.stringify(envelope(type, data, { at: noon + n, companyId })), { at: noon + n, id: `msg_${i}_${n}` }),
  );
});

async function send(signed: readonly Signed[], settings: { companyId?: string } = { companyId }): Promise<void> {
  const app = createWebhookApp({ pool: db.database.pool, ...settings });
  for (const one of signed) expect(await app.send(one)).toMatchObject({ statusCode: 200 });
  await app.stop();
}

/** As if a version had received them that understood none. */
async function forgetFacts(): Promise<void> {
  const tables = [...factTables, ...bookTables, 'alert_response', 'alert', 'activity', 'activity_day'];
  await db.database.pool.query(tables.map((table) => `delete from ${table}`).join('; '));
  await db.database.pool.query(`update inbox set error = 'too new'`);
}

function replay(companies: readonly string[] = [companyId], door: Pick<Ingest, 'replay'> = ingest): Promise<Replay> {
  const stopping = new AbortController().signal;
  const parts = { pool: db.database.pool, ingest: door, defaultCompanyId: companyId, stopping };
  return replayDeliveries(companies, parts);
}

const dump = () => dumpTables(db.database.pool);

describe('reading deliveries again', () => {
  it('leaves the same rows as if they had been understood at once, and nothing to do for the next time', async () => {
    await send(story);
    const wanted = await dump();
    await forgetFacts();
    expect(await replay()).toEqual({ waiting: story.length, understood: story.length, left: [] });
    expect(await dump()).toBe(wanted);
    expect(await replay()).toEqual({ waiting: 0, understood: 0, left: [] });
    expect(await dump()).toBe(wanted);
  });

  it('loses nothing and does nothing twice where it is cut short, at any delivery', async () => {
    await send(story);
    const wanted = await dump();
    for (let last = 0; last < story.length; last += 1) {
      await forgetFacts();
      let count = 0;
      const cut: Pick<Ingest, 'replay'> = {
        replay: (kept, delivery) => {
          if (count === last) return Promise.reject(new Error('killed'));
          count += 1;
          return ingest.replay(kept, delivery);
        },
      };
      await expect(replay([companyId], cut)).rejects.toThrow('killed');
      expect(await replay()).toMatchObject({ waiting: story.length - last, understood: story.length - last });
      expect(await dump()).toBe(wanted);
    }
  });

  it('counts once what two read at the same time', async () => {
    await send(story);
    const wanted = await dump();
    await forgetFacts();
    await Promise.all([replay(), replay()]);
    expect(await dump()).toBe(wanted);
  });

  it('leaves alone what another has understood meanwhile', async () => {
    await send(story.slice(0, 1));
    const wanted = await dump();
    const [row] = await readTable(db.database.pool, 'inbox');
    const key = { companyId, source: 'whop', eventId: String(row?.event_id) } as const;
    const late = { ...key, type: 'late', sentAt: noon, receivedAt: noon, payload: null, error: null };
    const told = { snapshots: [], changes: [], activities: [] };
    expect(await ingest.replay(key, { ...late, ...told })).toBe('recorded');
    expect(await dump()).toBe(wanted);
  });

  it('gives those that named no company to the one that is set by now', async () => {
    const nameless = signStandard(
      JSON.stringify({ type: 'payment.succeeded', data: { id: 'pay_9', currency: 'usd', total: 5, status: 'paid' } }),
      { at: noon, id: 'msg_9' },
    );
    await send([nameless]);
    const wanted = await dump();
    await emptyTables(db.database.pool);
    await send([nameless], {});
    expect(await readTable(db.database.pool, 'inbox')).toMatchObject([{ company_id: '' }]);
    await replay(['', companyId]);
    expect(await dump()).toBe(wanted);
  });

  it('drops what came again meanwhile and was understood', async () => {
    await send(story);
    const wanted = await dump();
    await db.database.pool.query(
      `insert into inbox select '', source, event_id, type, sent_at, received_at, payload, 'it names no company' from inbox`,
    );
    expect(await replay([''])).toMatchObject({ understood: story.length });
    expect(await dump()).toBe(wanted);
  });

  it('leaves what still can’t be read, and says of which type and why, and not what it holds', async () => {
    const unreadable = { id: 'pay_1', currency: 'usd', total: 'hunter2' };
    const odd = [1, 2].map((n) =>
      signStandard(JSON.stringify(current.envelope('payment.succeeded', unreadable, { at: noon })), {
        at: noon,
        id: `msg_odd_${n}`,
      }),
    );
    await send([...odd, signStandard('{}', { at: noon, id: 'msg_none' })]);
    const before = await dump();
    expect(await replay()).toEqual({
      waiting: 3,
      understood: 0,
      left: [
        { type: 'payment.succeeded', why: "total can't be understood", count: 2 },
        { type: '', why: 'it names no event', count: 1 },
      ],
    });
    expect(await dump()).toBe(before);
  });

  it('leaves what Postgres still refuses', async () => {
    const hugeId = Array.from({ length: 4000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000)));
    const data = current.payment({ ...paid, id: `pay_${hugeId.join('')}` });
    const body = JSON.stringify(current.envelope('payment.succeeded', data, { at: noon }));
    await send([signStandard(body, { at: noon })]);
    const before = await dump();
    expect(await replay()).toMatchObject({
      waiting: 1,
      understood: 0,
      left: [{ why: expect.stringMatching(/refused/) }],
    });
    expect(await dump()).toBe(before);
  });
});

describe('cli replay', () => {
  it('says how many wait, how many are understood, and why the others aren’t', async () => {
    await send([...story, signStandard('{"secret":"hunter2"}', { at: noon, id: 'msg_none' })]);
    await forgetFacts();
    const env = { DATABASE_URL: db.connectionString, WHOP_COMPANY_ID: companyId };
    const first = await runCli(['replay'], env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toBe(
      `Waiting: ${story.length + 1}\nUnderstood now: ${story.length}\nStill not: 1\n  1 × no event: it names no event\n` +
        'They are kept, and can be read again after the next upgrade.\n',
    );
    await db.database.pool.query('delete from inbox where error is not null');
    const again = await runCli(['replay', '--company', companyId], env);
    expect(again).toMatchObject({ code: 0, stdout: 'No delivery waits: all could be read.\n' });
  });
});
