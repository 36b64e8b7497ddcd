import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../../src/ingest/delivery.ts';
import { createIngest } from '../../../src/ingest/ingest.ts';
import { readWhopProgress } from '../../../src/store/whop-channels.ts';
import { readWhopPlaces } from '../../../src/store/whop-places.ts';
import { createChatReader } from '../../../src/whop/rest/chat-reader.ts';
import { createWhopClient } from '../../../src/whop/rest/client.ts';
import { type Listening, listenToWhop } from '../../../src/whop/websocket/listen.ts';
import { rollupsOf } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { companyDefaults } from '../../support/facts.ts';
import { startFakeWhopApi } from '../../support/whop/api/fake-whop-api.ts';
import { rowsOf } from '../../support/whop/api/lists.ts';
import { type FakeWebsocket, startFakeWebsocket } from '../../support/whop/fake-websocket.ts';
import { signStandard } from '../../support/whop/sign.ts';
import { companyId } from '../../support/whop/sketch.ts';
import { dumpAll, emptyTables, readTable } from '../../support/whop/tables.ts';
import { createWebhookApp } from '../../support/whop/webhook-app.ts';

const agentUserId = 'user_agent';
const now = Date.now();
const second = Math.floor((now - 3_600_000) / 1000) * 1000;

let db: TestDatabase;
let whop: FakeWebsocket;
let logged: string[];
let printed: string;
let listening: Listening | null;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await emptyTables(db.database.pool);
  whop = await startFakeWebsocket();
  [logged, printed, listening] = [[], '', null];
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => {
      printed += words.join(' ');
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await listening?.stop();
  await whop.stop();
});

const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
const ingestParts = () => ({ pool: db.database.pool, log, settings: companyDefaults, ownWhopUserId: agentUserId });

async function listen({ apiKey = 'key', pingMs = 30_000 } = {}): Promise<void> {
  const places = await readWhopPlaces(db.database.pool);
  listening = listenToWhop({
    account: { apiKey, appId: 'app_1', agentUserId },
    origin: whop.origin,
    ingest: createIngest(ingestParts()),
    readPlaces: async () => places,
    log,
    times: { pingMs, leastMs: 0 },
  });
}

async function know(...channels: [id: string, company?: string][]): Promise<void> {
  const { recordChannels } = createIngest(ingestParts());
  for (const [id, company = companyId] of channels) {
    await recordChannels({ companyId: company, platform: 'whop', channels: [{ id, name: id }] });
  }
}

const text = (some: object) => JSON.stringify({ feedEntity: some });
const said = (id: string, some: object = {}) =>
  text({
    dmsPost: {
      ...{ entityId: id, feedId: 'feed_1', feedType: 'chat_feed', userId: 'user_ada', messageType: 'REGULAR' },
      ...{ content: 'hello there', createdAt: second + 987, ...some },
    },
  });
const stored = async () =>
  (await readTable(db.database.pool, 'activity')).map(({ company_id, kind, id }) => `${company_id} ${kind} ${id}`);
const stop = async () => {
  await listening?.stop();
  listening = null;
};

describe('listening to Whop’s websocket', () => {
  it('asks as the bot’s own user, and stores at the stop what it was told', async () => {
    await know(['feed_1'], ['exp_2', 'biz_other']);
    await listen();
    await whop.connections(1);
    const post = { entityId: 'post_2', experienceId: 'exp_2', userId: 'user_ben', content: 'hello', createdAt: second };
    await whop.send(said('post_1'), said('dm_1', { feedType: 'dms_feed' }), text({ forumPost: post }));
    await stop();
    expect((await stored()).sort()).toEqual(['biz_other forum_post post_2', `${companyId} message post_1`].sort());
    expect(whop.asked).toMatchObject([
      { path: '/v1/websockets/connect', headers: { authorization: 'Bearer key', 'x-on-behalf-of': agentUserId } },
    ]);
  });

  it('counts the same message once, be it told by webhook, websocket or list', async () => {
    const message = { id: 'post_1', user: { id: 'user_ada' } };
    const iso = (ms: number) => new Date(second + ms).toISOString();
    await know(['feed_1']);
    await listen();
    await whop.connections(1);
    await whop.send(said('post_1'), said('post_1', { isEdited: true, createdAt: second }));
    await stop();
    await deliver({ ...message, created_at: iso(123) });
    await readLists({ ...message, content: 'hello there', created_at: iso(0) });
    const day = iso(0).slice(0, 10);
    expect(await rollupsOf(db.database)).toContain(`day ${companyId} ${day} whop feed_1 message 1 0`);
    expect(await stored()).toEqual([`${companyId} message post_1`]);
  });

  it('counts nothing of the bot itself, from wherever it is told', async () => {
    await know(['feed_1']);
    await listen();
    await whop.connections(1);
    await whop.send(said('post_1', { userId: agentUserId }));
    await stop();
    const created_at = new Date(second).toISOString();
    await deliver({ id: 'post_2', user: { id: agentUserId }, created_at });
    await readLists({ id: 'post_3', user: { id: agentUserId }, created_at });
    expect(await stored()).toEqual([]);
  });

  it('connects again, and goes on counting', async () => {
    await know(['feed_1']);
    await listen();
    await whop.connections(1);
    await whop.send(said('post_1'));
    whop.cut();
    await whop.connections(2);
    await whop.send(said('post_2'));
    await stop();
    expect(await stored()).toEqual([`${companyId} message post_1`, `${companyId} message post_2`]);
  });

  it('notices that the other side is silently gone', async () => {
    await listen({ pingMs: 20 });
    await whop.connections(1);
    whop.fallSilent();
    await whop.connections(2);
    expect(whop.asked).toHaveLength(2);
  });

  it('neither ends nor says more than once that it isn’t let in', async () => {
    await listen({ apiKey: 'wrong' });
    await vi.waitFor(() => expect(logged.join('')).toContain('not connected'));
    await stop();
    expect(logged.filter((line) => line.includes('not connected'))).toHaveLength(1);
    await listen({ apiKey: 'no header\n' });
    await vi.waitFor(() => expect(logged.filter((line) => line.includes('not connected'))).toHaveLength(2));
  });

  it('leaves no word of a message anywhere, also of one that nobody can parse', async () => {
    await know(['feed_1']);
    await listen();
    await whop.connections(1);
    const odd = ['hello there', '"hello there"', 'null', '{"hello": "there', '{"feedEntity":{"dmsPost":"hello"}}'];
    await whop.send(...odd, said('post_1'), said('post_3', { userId: { hello: 'there' } }));
    whop.cut();
    await whop.connections(2);
    await stop();
    expect(await stored()).toEqual([`${companyId} message post_1`]);
    for (const trace of [await dumpAll(db.database.pool), logged.join(''), printed]) {
      expect(trace).not.toMatch(/hello|Bearer/);
    }
  });

  it('leaves the global WebSocket as it was', async () => {
    const before = Reflect.get(globalThis, 'WebSocket');
    await listen();
    expect(Reflect.get(globalThis, 'WebSocket')).not.toBe(before);
    await stop();
    expect(Reflect.get(globalThis, 'WebSocket')).toBe(before);
  });
});

async function deliver(message: Json): Promise<void> {
  const app = createWebhookApp({ pool: db.database.pool, now, ownWhopUserId: agentUserId });
  const data = { channel: { id: 'feed_1', type: 'chat' }, message };
  const event = { type: 'chat.message.created', company_id: companyId, timestamp: new Date(now).toISOString(), data };
  expect(await app.send(signStandard(JSON.stringify(event), { at: now }))).toMatchObject({ statusCode: 200 });
  await app.stop();
}

async function readLists(message: Json): Promise<void> {
  const api = await startFakeWhopApi({
    lists: { chat_channels: rowsOf([{ id: 'feed_1', experience: { id: 'exp_1', name: 'Chat' } }]), forums: rowsOf([]) },
    placesOf: { feed_1: rowsOf([message]) },
  });
  const progressOf = (company: string, channel: string) => readWhopProgress(db.database.pool, company, channel);
  const parts = { ingest: createIngest(ingestParts()), progressOf, backfillDays: 30, log };
  const read = createChatReader(createWhopClient({ apiKey: api.apiKey, apiUrl: api.url }), parts);
  await read(companyId, now, new AbortController().signal);
  await api.stop();
}
