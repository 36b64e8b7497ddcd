import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIngest } from '../../src/ingest/ingest.ts';
import type { JobParts } from '../../src/jobs/job.ts';
import { readWhopChat } from '../../src/jobs/read-whop-chat.ts';
import { readWhopProgress } from '../../src/store/whop-channels.ts';
import { readWhopReading } from '../../src/store/whop-reading.ts';
import { createChatReader } from '../../src/whop/rest/chat-reader.ts';
import { createWhopClient } from '../../src/whop/rest/client.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, companyDefaults } from '../support/facts.ts';
import { jobParts } from '../support/job-parts.ts';
import { type FakeWhopApi, startFakeWhopApi } from '../support/whop/api/fake-whop-api.ts';
import { rowsOf } from '../support/whop/api/lists.ts';
import { companyId } from '../support/whop/sketch.ts';
import { emptyTables } from '../support/whop/tables.ts';

const log = pino({ level: 'silent' });
const now = at('2026-06-15T12:00:00Z');

let db: TestDatabase;
let api: FakeWhopApi;
/** Of which lists the key is refused, and how. */
let refused: Record<string, number>;
let onAsked: () => void;

beforeAll(async () => {
  db = await createTestDatabase();
  api = await startFakeWhopApi({
    lists: {
      chat_channels: rowsOf([{ id: 'feed_1', experience: { id: 'exp_1', name: 'Chat' } }]),
      forums: rowsOf([{ id: 'feed_2', experience: { id: 'exp_2', name: 'Forum' } }]),
    },
    placesOf: { feed_1: rowsOf([]), exp_2: rowsOf([]) },
    faultOf: ({ list }) => {
      onAsked();
      return refused[list] === undefined ? null : { status: refused[list] };
    },
  });
});
afterAll(() => Promise.all([api.stop(), db.drop()]));
beforeEach(async () => {
  refused = {};
  onAsked = () => undefined;
  await emptyTables(db.database.pool);
});

async function run(then = now, stopping = new AbortController().signal): Promise<void> {
  const { pool } = db.database;
  const ingest = createIngest({ pool, log, settings: companyDefaults });
  const progressOf = (company: string, channel: string) => readWhopProgress(pool, company, channel);
  const parts = { ingest, progressOf, backfillDays: 30, log };
  const whopChat: JobParts['whopChat'] = createChatReader(
    createWhopClient({ apiKey: api.apiKey, apiUrl: api.url }),
    parts,
  );
  await readWhopChat(jobParts(db.database, { companyId, whopChat, stopping }), then);
}

const reading = () => readWhopReading(db.database.pool, companyId);

describe('how far chats and forums are read', () => {
  it('is not known before the first reading, and then when the newest began', async () => {
    expect(await reading()).toBeNull();
    await run();
    expect(await reading()).toEqual({ readTo: new Date(now), refusals: [], reached: 2, begun: 0 });
    await run(now + 300_000);
    expect(await reading()).toMatchObject({ readTo: new Date(now + 300_000) });
  });

  it('goes on where the key may read, with what to do where it may not', async () => {
    refused = { chat_channels: 403 };
    await run();
    expect(await reading()).toEqual({
      readTo: new Date(now),
      refusals: [expect.stringMatching(/may not read chat_channels .*give it the permission chat:read/)],
      reached: 1,
      begun: 0,
    });
    refused = {};
    await run();
    expect(await reading()).toMatchObject({ refusals: [], reached: 2 });
  });

  it.each([
    ['may read nothing', { chat_channels: 403, forums: 403 }, 2],
    ['isn’t accepted', { chat_channels: 401 }, 1],
  ])('stays where it was while the key %s', async (_why, faults, refusals) => {
    await run();
    refused = faults;
    await run(now + 300_000);
    const after = await reading();
    expect(after).toMatchObject({ readTo: new Date(now) });
    expect(after?.refusals).toHaveLength(refusals);
  });

  it('says nothing of a reading that was stopped', async () => {
    const stopping = new AbortController();
    onAsked = () => stopping.abort();
    await run(now, stopping.signal);
    expect(await reading()).toBeNull();
  });
});
