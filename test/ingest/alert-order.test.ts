import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { tellAlerts } from '../../src/jobs/tell-alerts.ts';
import { writeGuildSettings } from '../../src/store/guild-settings.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { jobParts } from '../support/job-parts.ts';
import { current } from '../support/whop/current.ts';
import { iso } from '../support/whop/generation.ts';
import { type Signed, signStandard } from '../support/whop/sign.ts';
import { claim, companyId, membership, minuteMs, noon, payment } from '../support/whop/sketch.ts';
import { emptyTables, readTable } from '../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../support/whop/webhook-app.ts';

let db: TestDatabase;
let app: WebhookApp;
beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool, companyId, now: noon + minuteMs });
  await writeGuildSettings(db.database.pool, { companyId, guildId: '1', setUpBy: '7' }, { staffChannelId: '2' });
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});

type Told = { type: string; data: Json; at: number };

const ago = (minutes: number) => noon - minutes * minuteMs;

const paying = (failed: boolean, minutes: number, id = 'pay_1'): Told => ({
  type: failed ? 'payment.failed' : 'payment.succeeded',
  data: current.payment(payment({ id, failed, createdAt: ago(minutes), updatedAt: ago(minutes) })),
  at: ago(minutes),
});

type Status = Parameters<typeof membership>[0] extends { status?: infer S } | undefined ? S : never;
const being = (status: NonNullable<Status>, minutes: number, cancelAtPeriodEnd = false): Told => ({
  type: 'membership.updated',
  data: current.membership(
    membership({ status, cancelAtPeriodEnd, createdAt: ago(600), updatedAt: ago(minutes), periodEnd: ago(-60) }),
  ),
  at: ago(minutes),
});

const disputed = (status: string, minutes: number): Told => ({
  type: 'dispute.updated',
  data: { ...Object(current.dispute(claim({ id: 'dspt_1', createdAt: ago(60) }))), status },
  at: ago(minutes),
});

const warned = (minutes: number): Told => ({
  type: 'dispute_alert.created',
  data: { id: 'dspa_1', alert_type: 'fraud', created_at: iso(ago(minutes)), dispute: null, payment: { id: 'pay_1' } },
  at: ago(minutes),
});

function sign({ type, data, at }: Told, id: string): Signed {
  return signStandard(JSON.stringify(current.envelope(type, data, { at })), { at: noon, id });
}

async function deliver(batches: readonly (readonly Signed[])[]): Promise<void> {
  const { pool } = db.database;
  await emptyTables(pool);
  await pool.query('delete from outbox');
  for (const batch of batches) {
    const answers = await Promise.all(batch.map((sent) => app.send(sent)));
    for (const { statusCode } of answers) expect(statusCode).toBe(200);
  }
}

/** The messages to staff, without the ids of their alerts, which are by chance. */
async function messages(): Promise<string[]> {
  await tellAlerts(jobParts(db.database), noon + 10 * minuteMs);
  const waiting = await db.database.pool.query(`select from alert where state = 'waiting'`);
  expect(waiting.rows).toEqual([]);
  const rows = await readTable(db.database.pool, 'outbox');
  return rows.map(({ body }) => JSON.stringify(body).replaceAll(/alert=[-0-9a-f]+/g, 'alert')).sort();
}

/** What was told of the one member there is, who may be told of before it is known whose a payment is. */
async function reasonsTold(): Promise<string[]> {
  const rows = await readTable(db.database.pool, 'alert');
  const told = rows.filter(({ state }) => state === 'told');
  return told.map(({ kind, reason }) => JSON.stringify([kind, reason]));
}

async function toldOf(...all: Told[]): Promise<string[]> {
  await deliver(all.map((told, i) => [sign(told, `msg_${i}`)]));
  return messages();
}

const minutes = fc.integer({ min: 1, max: 8 });
const told = fc.oneof(
  fc.tuple(fc.boolean(), minutes, fc.constantFrom('pay_1', 'pay_2')).map((given) => paying(...given)),
  fc
    .tuple(fc.constantFrom('trialing', 'active', 'past_due', 'canceled', 'expired'), minutes, fc.boolean())
    .map(([status, at, cancel]) => being(status, at, cancel)),
  fc
    .tuple(fc.constantFrom('warning_needs_response', 'needs_response', 'under_review', 'won'), minutes)
    .map((given) => disputed(...given)),
  minutes.map(warned),
);

const arrivals = fc.array(told, { minLength: 1, maxLength: 7 }).chain((all) => {
  const signed = all.map((one, i) => sign(one, `msg_${i}`));
  return fc.record({
    all: fc.constant(all),
    signed: fc.constant(signed),
    order: fc.shuffledSubarray([...signed, ...signed], { minLength: signed.length * 2 }),
    size: fc.integer({ min: 1, max: 4 }),
  });
});

/** Whether a payment that was paid fails later: none does, and a trial would be told as lost only with its next news. */
function losesMoney(all: readonly Told[]): boolean {
  const of = (type: string) => all.filter((told) => told.type === type);
  const isLater = (failed: Told, paid: Told) => Object(failed.data).id === Object(paid.data).id && failed.at >= paid.at;
  return of('payment.succeeded').some((paid) => of('payment.failed').some((failed) => isLater(failed, paid)));
}

describe('what staff is told', () => {
  it('doesn’t depend on the order, the repeats and the batches in which deliveries come', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ signed, order, size }) => {
        await deliver(signed.map((one) => [one]));
        const expected = await messages();
        const batches = Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
          order.slice(i * size, (i + 1) * size),
        );
        await deliver(batches);
        expect(await messages()).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('is told once for each member and reason, and misses nothing, where it is told between deliveries', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ all, signed, order }) => {
        fc.pre(!losesMoney(all));
        await deliver([signed]);
        await messages();
        const expected = await reasonsTold();
        await deliver([]);
        for (const one of order) {
          await app.send(one);
          await messages();
        }
        const told = await reasonsTold();
        expect(new Set(told).size).toBe(told.length);
        expect(told).toEqual(expect.arrayContaining(expected));
      }),
      { numRuns: 20 },
    );
  });

  it('is the end of a trial, also where its beginning is told after it', async () => {
    const [text, ...others] = await toldOf(being('expired', 1), being('trialing', 5));
    expect(others).toEqual([]);
    expect(text).toContain('Ended without a payment.');
  });

  it('is no end of a trial that was paid for, whenever that is told', async () => {
    const paid = paying(false, 3);
    expect(await toldOf(being('trialing', 5), being('expired', 1), paid)).toEqual([]);
    expect(await toldOf(paid, being('expired', 1), being('trialing', 5))).toEqual([]);
    expect(await toldOf(being('active', 5), being('expired', 1))).toEqual([]);
  });

  it('is no failed payment that was recovered, by itself or by another one, before it is told', async () => {
    expect(await toldOf(paying(false, 1), paying(true, 5))).toEqual([]);
    expect(await toldOf(paying(false, 1, 'pay_2'), paying(true, 5))).toEqual([]);
    expect(await toldOf(paying(false, 6, 'pay_2'), paying(true, 5))).toHaveLength(1);
  });

  it('is a bank’s warning that names no dispute, once, and the dispute that becomes of it', async () => {
    const [text, ...others] = await toldOf(paying(false, 30), warned(5), disputed('warning_needs_response', 4));
    expect(others).toEqual([]);
    expect(text).toContain('A payment is disputed');
    expect(text).toContain('may be disputed: the bank warns of it');
    await deliver([[sign(paying(false, 30), 'msg_0')], [sign(warned(5), 'msg_1')]]);
    expect((await messages())[0]).toContain('may be disputed: the bank warns of it');
    expect(await app.send(sign(disputed('needs_response', 1), 'msg_2'))).toMatchObject({ statusCode: 200 });
    const both = await messages();
    expect(both).toHaveLength(2);
    expect(both.join()).toContain('Answer it in Whop’s dashboard.');
  });

  it('is a cancellation that was taken back and made again before it was told', async () => {
    await deliver([[sign(being('active', 5, true), 'msg_0')], [sign(being('active', 4), 'msg_1')]]);
    expect(await messages()).toEqual([]);
    await app.send(sign(being('active', 3, true), 'msg_2'));
    expect((await messages()).join()).toContain('A cancellation is scheduled');
  });
});
