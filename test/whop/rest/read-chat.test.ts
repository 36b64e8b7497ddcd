import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/ingest/delivery.ts';
import { createIngest } from '../../../src/ingest/ingest.ts';
import { readWhopProgress } from '../../../src/store/whop-channels.ts';
import { createWhopClient } from '../../../src/whop/rest/client.ts';
import { readChat } from '../../../src/whop/rest/read-chat.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { companyDefaults } from '../../support/facts.ts';
import {
  type FakeWhopApi,
  type Fault,
  type ListRequest,
  startFakeWhopApi,
} from '../../support/whop/api/fake-whop-api.ts';
import { rowsOf } from '../../support/whop/api/lists.ts';
import { signStandard } from '../../support/whop/sign.ts';
import { companyId } from '../../support/whop/sketch.ts';
import { dumpAll, emptyTables, readTable } from '../../support/whop/tables.ts';
import { createWebhookApp } from '../../support/whop/webhook-app.ts';

const now = Date.now();
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let db: TestDatabase;
let api: FakeWhopApi;
let messages: Json[];
let posts: Json[];
let asked: string[];
let fault: (request: ListRequest) => Fault | null;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await emptyTables(db.database.pool);
  messages = [];
  posts = [];
  asked = [];
  fault = () => null;
  const live = (rows: () => Json[]) => ({
    get count() {
      return rows().length;
    },
    at: (index: number) => rows()[index] ?? null,
  });
  api = await startFakeWhopApi({
    lists: {
      chat_channels: rowsOf([{ id: 'feed_1', experience: { id: 'exp_1', name: 'Harbour chat' } }]),
      forums: rowsOf([{ id: 'feed_2', experience: { id: 'exp_2', name: 'Charts' } }]),
    },
    placesOf: { feed_1: live(() => messages), exp_2: live(() => posts) },
    faultOf: (request) => {
      asked.push(`${request.list}${request.query.has('after') ? ' on' : ''}`);
      return fault(request);
    },
  });
});
afterEach(() => api.stop());

/** Rows from the oldest on, as Whop has them. */
function row(id: number, agoMs: number, more: Record<string, Json> = {}): Json {
  const created_at = new Date(now - agoMs).toISOString();
  return {
    id: `post_${id}`,
    content: 'hello there',
    title: 'hello there',
    created_at,
    user: { id: 'user_ada' },
    ...more,
  };
}

async function read({ stopping = new AbortController().signal, firstFrom = now - 30 * dayMs } = {}) {
  const log = pino({ level: 'silent' });
  const { refusals } = await readChat(companyId, {
    client: createWhopClient({ apiKey: api.apiKey, apiUrl: api.url }),
    clock: { now: Date.now, wait: async () => undefined },
    stopping,
    watch: { onWait: () => undefined },
    requestsPerMinute: 600,
    ingest: createIngest({ pool: db.database.pool, log, settings: companyDefaults }),
    progressOf: (company, channel) => readWhopProgress(db.database.pool, company, channel),
    firstFrom,
    log,
  });
  return refusals;
}

const stored = async () =>
  (await readTable(db.database.pool, 'activity')).map(({ kind, id }) => `${kind} ${id}`).sort();
const many = (count: number) => Array.from({ length: count }, (_, i) => row(i, (count - i) * 60_000));

describe('reading chats and forums', () => {
  it('stores who, where and when, with the names of the places, and no word', async () => {
    messages = [row(1, hourMs)];
    posts = [row(2, 2 * hourMs)];
    expect(await read()).toEqual([]);
    expect(await readTable(db.database.pool, 'activity')).toMatchObject([
      { kind: 'forum_post', id: 'post_2', channel_id: 'exp_2' },
      { kind: 'message', id: 'post_1', channel_id: 'feed_1' },
    ]);
    const names = (await readTable(db.database.pool, 'channel')).map(
      ({ platform, id, name }) => `${platform} ${id} ${name}`,
    );
    expect(names.sort()).toEqual(['whop exp_2 Charts', 'whop feed_1 Harbour chat']);
    expect(await dumpAll(db.database.pool)).not.toContain('hello');
  });

  it('goes back as far as history is wanted, and asks for no page behind that', async () => {
    messages = [row(1000, 30 * dayMs + 1), ...many(120)];
    await read({ firstFrom: now - hourMs });
    expect((await stored()).length).toBe(60);
    expect(asked.filter((list) => list.startsWith('messages'))).toEqual(['messages']);
    await emptyTables(db.database.pool);
    await read();
    expect(await readTable(db.database.pool, 'activity')).toHaveLength(120);
    expect(asked.filter((list) => list === 'messages on')).toHaveLength(1);
  });

  it('later reads what is new, and counts nothing twice', async () => {
    messages = many(250);
    await read();
    expect(await stored()).toHaveLength(250);
    asked = [];
    messages.push(row(1000, 0));
    await read();
    expect(await stored()).toHaveLength(251);
    expect(asked.filter((list) => list.startsWith('messages'))).toEqual(['messages']);
  });

  it('goes on where it was stopped, and misses nothing that was written meanwhile', async () => {
    messages = many(350);
    fault = ({ list, query }) => (list === 'messages' && query.has('after') ? { status: 400 } : null);
    await expect(read()).rejects.toThrow('Whop refuses to list messages');
    expect(await stored()).toHaveLength(100);
    messages.push(row(1000, 0));
    fault = () => null;
    asked = [];
    await read();
    expect(asked.filter((list) => list.startsWith('messages'))[0]).toBe('messages on');
    await read();
    expect(await stored()).toHaveLength(351);
  });

  it('begins at the top again where Whop doesn’t know the kept cursor any more', async () => {
    messages = many(250);
    fault = ({ list, query }) => (list === 'messages' && query.has('after') ? { status: 400 } : null);
    await expect(read()).rejects.toThrow('Whop refuses to list messages');
    let refusals = 1;
    fault = ({ list, query }) => (list === 'messages' && query.has('after') && refusals-- > 0 ? { status: 404 } : null);
    await read();
    expect(await stored()).toHaveLength(250);
  });

  it('counts neither what automations wrote, nor twice what a webhook told', async () => {
    messages = [row(1, hourMs, { message_type: 'automated' }), row(2, hourMs)];
    const app = createWebhookApp({ pool: db.database.pool, now, companyId });
    const message = { id: 'post_2', user: { id: 'user_ada' }, created_at: Math.floor((now - hourMs) / 1000) };
    const data = { channel: { id: 'feed_1', type: 'chat' }, message };
    await app.send(signStandard(JSON.stringify({ type: 'chat.message.created', data }), { at: now }));
    await read();
    await app.stop();
    expect(await stored()).toEqual(['message post_2']);
  });

  it('isn’t ended by a pinned post, nor by a row that can’t be understood', async () => {
    posts = [row(1, hourMs), { id: 'post_2' }, row(3, 40 * dayMs, { is_pinned: true })];
    await read();
    expect(await stored()).toEqual(['forum_post post_1']);
  });

  it('reads the one where the key may not read the other, and says so', async () => {
    posts = [row(1, hourMs)];
    fault = ({ list }) => (list === 'chat_channels' ? { status: 403 } : null);
    expect(await read()).toEqual([expect.stringMatching(/may not read chat_channels .*permission chat:read/)]);
    expect(await stored()).toEqual(['forum_post post_1']);
  });
});
