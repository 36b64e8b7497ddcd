import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { current } from '../support/whop/current.ts';
import { eventKinds } from '../support/whop/event-kinds.ts';
import { generations } from '../support/whop/generations.ts';
import { fieldSecret, privatePieces, withPrivatePieces } from '../support/whop/private-pieces.ts';
import { signStandard, webhookSecret } from '../support/whop/sign.ts';
import { companyId, noon } from '../support/whop/sketch.ts';
import { dumpAll, dumpTables, emptyTables, factTables, readTable } from '../support/whop/tables.ts';
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

async function send(payload: Json): Promise<void> {
  expect(await app.send(signStandard(JSON.stringify(payload), { at: noon }))).toMatchObject({ statusCode: 200 });
}

/** Random ids, and the running number of a delivery, which differs from run to run. */
const byChance = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|msg_\d+/g;

/** All that is left of what was sent: every column of every table but the ids by chance, and the log at level trace. */
async function traces(): Promise<string> {
  return `${await dumpAll(db.database.pool)}\n${app.logged()}`.replaceAll(byChance, '');
}

describe('private things hidden in a payload', () => {
  it('are in no table and in no line of the log', async () => {
    const type = fc.constantFrom(
      'payment.succeeded',
      'membership.activated',
      'refund.created',
      'plan.updated',
      'product.updated',
      'member.updated',
      'entry.created',
      'unheard.of',
    );
    const envelopes = fc.array(fc.tuple(type, withPrivatePieces, withPrivatePieces), { minLength: 8, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(envelopes, async (events) => {
        await emptyTables(db.database.pool);
        const sent = events.flatMap(([name, data, more]): Json[] => [
          { type: name, company_id: companyId, data: { id: 'x_1', ...(typeof data === 'object' ? data : {}) }, more },
          {
            type: name,
            company_id: companyId,
            data: { id: 'x_2', user: { id: 'user_1', username: privatePieces[0] ?? '', ...asObject(more) } },
          },
        ]);
        await Promise.all(sent.map(send));
        const left = await traces();
        for (const piece of [...privatePieces, fieldSecret]) expect(left).not.toContain(piece);
      }),
      { numRuns: 15 },
    );
  });

  it.each(privatePieces)('%s is not kept where ids, names and types should be', async (piece) => {
    await send({ type: piece, company_id: piece, data: { id: piece } });
    await send({
      type: 'payment.succeeded',
      company_id: companyId,
      data: { id: piece, user_id: piece, status: piece, currency: piece },
    });
    await send({
      type: 'product.updated',
      company_id: companyId,
      data: { id: 'prod_1', title: piece, company: { id: companyId, title: piece } },
    });
    await send({ type: 'plan.updated', company_id: companyId, data: { id: 'plan_1', title: piece, plan_type: piece } });
    const user = { id: 'user_1', username: piece, name: `${piece} ` };
    await send({ type: 'member.updated', company_id: companyId, data: { id: 'mber_1', user } });
    expect(await traces()).not.toContain(piece);
  });

  it.each(eventKinds)('of a $type of the $generation generation are not kept', async ({ generation, type, data }) => {
    const { envelope, sign } = generations[generation];
    await app.send(sign(JSON.stringify(envelope(type, data, { at: noon })), { at: noon }));
    const left = await traces();
    const known = [
      '@example.com',
      '555',
      '010',
      'Hafen',
      'LICENCE',
      'manage-token',
      'ada#0001',
      '203.0.113',
      'attachment-signature',
      'invoice-token',
      'hello there',
    ];
    for (const text of known) expect(left).not.toContain(text);
    expect(left).not.toContain(webhookSecret);
  });
});

describe('a message', () => {
  const secretWords = 'meet me at the harbour';
  const messageIn = (type: string) => ({
    audience: { type: type === 'chat' ? 'channel' : 'users', user_ids: ['user_9'] },
    channel: { id: 'feed_1', type, experience_id: 'exp_1' },
    message: {
      id: 'post_1',
      content: secretWords,
      created_at: '2026-03-14T12:00:00.000Z',
      user: { id: 'user_9', username: 'ada' },
    },
    reason: secretWords,
  });

  it.each(['direct_message', 'support'])('of a %s channel leaves nothing but its row', async (type) => {
    await send(current.envelope('chat.message.created', messageIn(type), { at: noon }));
    expect(await readTable(db.database.pool, 'inbox')).toMatchObject([
      { type: 'chat.message.created', payload: null, error: null },
    ]);
    expect(await dumpTables(db.database.pool, factTables)).toBe('');
    const left = await traces();
    for (const text of [secretWords, 'user_9', 'post_1', 'feed_1', 'exp_1', 'ada']) expect(left).not.toContain(text);
  });

  it('of a public channel leaves who, where and when, and no word', async () => {
    await send(current.envelope('chat.message.created', messageIn('chat'), { at: noon }));
    const left = await traces();
    for (const text of ['user_9', 'post_1', 'feed_1', 'exp_1']) expect(left).toContain(text);
    for (const text of [secretWords, 'harbour', 'ada']) expect(left).not.toContain(text);
  });
});

describe('a delivery that is refused', () => {
  it('leaves nothing in tables or log, whatever is wrong with it', async () => {
    const text = 'ada.byron+x@example.com';
    await app.send({ body: text, headers: {} });
    await app.send({ body: text, headers: { 'x-whop-signature': text } });
    await app.send(signStandard(`{"data":"${text}`, { at: noon }));
    expect(await traces()).not.toContain(text);
    expect(await dumpTables(db.database.pool)).toBe('');
  });
});

function asObject(value: Json): Record<string, Json | undefined> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
