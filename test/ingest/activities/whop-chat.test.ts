import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Json } from '../../../src/ingest/delivery.ts';
import { rollupsOf } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { signStandard } from '../../support/whop/sign.ts';
import { noon } from '../../support/whop/sketch.ts';
import { emptyTables, readTable } from '../../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../../support/whop/webhook-app.ts';

let db: TestDatabase;
let app: WebhookApp;
beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool });
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});
beforeEach(() => emptyTables(db.database.pool));

const dayMs = 24 * 60 * 60 * 1000;
const day = new Date(noon).toISOString().slice(0, 10);

function event(type: string, data: Json, { timestamp = new Date(noon).toISOString(), id = '' } = {}) {
  const body = JSON.stringify({ type, timestamp, company_id: 'biz_1', data });
  return signStandard(body, id === '' ? { at: noon } : { at: noon, id });
}

type Delivery = ReturnType<typeof event>;
const sendAfter = async (before: Promise<unknown>, delivery: Delivery) => {
  await before;
  await app.send(delivery);
};

const channel = { id: 'feed_1', type: 'chat', experience_id: 'exp_1' };
const message = { id: 'post_1', user: { id: 'user_ada' }, created_at: new Date(noon).toISOString() };

it('is counted once, however often and under whichever name it is told', async () => {
  const first = event('chat.message.created', { channel, message });
  await Promise.all([first, first, event('message.created', { channel, message })].map(app.send));
  await app.send(event('chat.message.created', { channel, message: { ...message, created_at: noon / 1000 } }));
  expect(await rollupsOf(db.database)).toEqual([
    `day biz_1 ${day}   message 1 0`,
    `day biz_1 ${day} whop feed_1 message 1 0`,
    `hour biz_1 ${day} 12 1`,
    `people biz_1 ${day}   whop user_ada`,
    `people biz_1 ${day} whop feed_1 whop user_ada`,
  ]);
});

it.each([
  [
    'one after the other',
    async (deliveries: Delivery[]) => void (await deliveries.reduce(sendAfter, Promise.resolve())),
  ],
  ['at once', async (deliveries: Delivery[]) => void (await Promise.all(deliveries.map(app.send)))],
])('counts a reaction once that two webhooks tell with times of their own, %s', async (_how, sendAll) => {
  const reaction = (id: string, user: string) => ({ id, emoji: ':wave:', resource_id: 'post_1', user: { id: user } });
  const told = (id: string, user: string, timestamp: number) =>
    event('chat.reaction.created', { channel, message, reaction: reaction(id, user) }, at(timestamp));
  const at = (ms: number) => ({ timestamp: new Date(ms).toISOString() });
  await sendAll([
    told('reac_1', 'user_ben', noon),
    told('reac_1', 'user_ben', noon - 1000),
    told('reac_1', 'user_ben', noon - 40 * dayMs),
    told('reac_2', 'user_ada', noon),
  ]);
  const rows = await readTable(db.database.pool, 'activity');
  expect(rows.map(({ id }) => id).sort()).toEqual(['reac_1', 'reac_2']);
  expect(
    (await rollupsOf(db.database)).filter((line) => line.startsWith('people') && line.includes('user_ben')),
  ).toHaveLength(1);
});

it('counts a reaction once, though a repeat of its delivery tells another time', async () => {
  const reaction = { id: 'reac_1', emoji: ':wave:', resource_id: 'post_1', user: { id: 'user_ben' } };
  const later = new Date(noon + 30_000).toISOString();
  await app.send(event('chat.reaction.created', { channel, message, reaction }, { id: 'msg_r' }));
  await app.send(event('chat.reaction.created', { channel, message, reaction }, { id: 'msg_r', timestamp: later }));
  expect(await readTable(db.database.pool, 'activity')).toHaveLength(1);
});
