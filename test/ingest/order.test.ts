import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { generations } from '../support/whop/generations.ts';
import type { Signed } from '../support/whop/sign.ts';
import { claim, companyId, membership, minuteMs, noon, payment } from '../support/whop/sketch.ts';
import { dumpTables, emptyTables, factTables } from '../support/whop/tables.ts';
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

const time = fc.integer({ min: 0, max: 3 }).map((minutes) => noon - minutes * minuteMs);

const story = fc.record({
  generation: fc.constantFrom(...Object.values(generations)),
  kind: fc.constantFrom('payment', 'membership', 'refund', 'dispute'),
  thing: fc.integer({ min: 1, max: 2 }),
  user: fc.integer({ min: 1, max: 2 }),
  failed: fc.boolean(),
  sparse: fc.boolean(),
  total: fc.constantFrom(10, 20.5),
  currency: fc.constantFrom('usd' as const, 'jpy' as const),
  status: fc.constantFrom('trialing', 'active', 'past_due', 'canceling', 'canceled', 'expired', 'completed'),
  cancelAtPeriodEnd: fc.boolean(),
  createdAt: time,
  updatedAt: time,
  eventAt: time,
  sentAt: time,
});
type Story = typeof story extends fc.Arbitrary<infer Told> ? Told : never;

/** One delivery about one of a few things, in any generation and of any time. */
const delivery = story.map((told): ((id: string) => Signed) => {
  const { type, data } = eventOf(told);
  const body = JSON.stringify(told.generation.envelope(type, data, { at: told.eventAt }));
  return (id) => told.generation.sign(body, { at: told.sentAt, id });
});

function eventOf({ generation, kind, thing, user, ...told }: Story): { type: string; data: Json } {
  const things = { ...told, userId: `user_${user}`, membershipId: `mem_${user}`, productId: `prod_${thing}` };
  const paid = payment({ ...things, id: `pay_${thing}` });
  if (kind === 'payment') {
    if (told.sparse) return { type: 'payment.succeeded', data: { id: paid.id } };
    return { type: told.failed ? 'payment.failed' : 'payment.succeeded', data: generation.payment(paid) };
  }
  if (kind === 'membership') {
    const type = ['canceled', 'expired'].includes(told.status) ? 'membership.deactivated' : 'membership.activated';
    return { type, data: generation.membership(membership({ ...things, id: `mem_${thing}` })) };
  }
  const claimed = claim({ ...things, id: `claim_${thing}`, payment: paid, amount: told.total });
  return { type: `${kind}.updated`, data: generation[kind](claimed) };
}

/** The fact tables, byte for byte, after the deliveries have come in batches of these sizes. */
async function factsAfter(deliveries: readonly Signed[], batchSizes: readonly number[]): Promise<string> {
  await emptyTables(db.database.pool);
  const waiting = [...deliveries];
  for (let turn = 0; waiting.length > 0; turn++) {
    const batch = waiting.splice(0, batchSizes[turn % batchSizes.length] ?? 1);
    const answers = await Promise.all(batch.map((sent) => app.send(sent)));
    for (const { statusCode } of answers) expect(statusCode).toBe(200);
  }
  return dumpTables(db.database.pool, factTables);
}

describe('the order of deliveries', () => {
  it('decides nothing, nor do repeats and batches', async () => {
    const some = fc.array(delivery, { minLength: 2, maxLength: 12 });
    const arrivals = some.chain((told) => {
      const signed = told.map((sign, i) => sign(`msg_${i}`));
      const shuffled = fc.shuffledSubarray([...signed, ...signed], { minLength: 2 * signed.length });
      const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 });
      return fc.tuple(fc.constant(signed), shuffled, sizes);
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ([signed, shuffled, sizes]) => {
        const inOrder = await factsAfter(signed, [1]);
        expect(inOrder).not.toBe('');
        expect(await factsAfter(shuffled, sizes)).toBe(inOrder);
      }),
      { numRuns: 60 },
    );
  });

  it('decides nothing where two processes share a database', async () => {
    const other = createWebhookApp({ pool: db.database.pool, companyId });
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { minLength: 10, maxLength: 30 }), async (told) => {
        const signed = told.map((sign, i) => sign(`msg_${i}`));
        const inOrder = await factsAfter(signed, [1]);
        await emptyTables(db.database.pool);
        const turns = [...signed, ...signed.toReversed()].map((sent, i) => (i % 2 === 0 ? app : other).send(sent));
        for (const { statusCode } of await Promise.all(turns)) expect(statusCode).toBe(200);
        expect(await dumpTables(db.database.pool, factTables)).toBe(inOrder);
      }),
      { numRuns: 15 },
    );
    await other.stop();
  });

  it('lets no legacy delivery, however late, change what has a time of its own', async () => {
    const { current, legacy } = generations;
    const told = JSON.stringify(
      current.envelope('membership.activated', current.membership(membership()), { at: noon }),
    );
    const ended = legacy.membership(membership({ status: 'expired', planId: 'plan_2' }));
    const late = JSON.stringify(legacy.envelope('membership.went_invalid', ended, { at: noon }));
    const signed = [current.sign(told, { at: noon - minuteMs }), legacy.sign(late, { at: noon + minuteMs })];
    expect(await factsAfter(signed, [1])).toBe(await factsAfter(signed.slice(0, 1), [1]));
  });

  it('makes the first of two deliveries with one id the one that counts', async () => {
    const { current } = generations;
    const signed = [10, 20].map((total) => {
      const told = current.payment(payment({ total, updatedAt: noon + total * minuteMs }));
      const event = current.envelope('payment.succeeded', told, { at: noon });
      return current.sign(JSON.stringify(event), { at: noon, id: 'msg_same' });
    });
    expect(await factsAfter(signed, [1])).toBe(await factsAfter(signed.slice(0, 1), [1]));
  });

  it('decides nothing between a delivery and its replay by another webhook', async () => {
    const signed = ['a', 'b'].map((id) =>
      generations.current.sign(
        JSON.stringify(
          generations.current.envelope('payment.succeeded', generations.current.payment(payment()), { at: noon }),
        ),
        { at: noon, id },
      ),
    );
    expect(await factsAfter(signed, [2])).toBe(await factsAfter(signed.slice(0, 1), [1]));
  });
});
