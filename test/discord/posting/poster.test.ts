import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startPoster } from '../../../src/discord/posting/poster.ts';
import { readChannelTroubles } from '../../../src/store/channel-trouble.ts';
import { createOutbox } from '../../../src/store/create-outbox.ts';
import { writeGuildSettings } from '../../../src/store/guild-settings.ts';
import { amend, enqueue, type OutgoingMessage, redirect } from '../../../src/store/outbox.ts';
import { takeMessage } from '../../../src/store/outbox-queue.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { ApiError } from '../../support/discord/api-error.ts';
import { type PostingServer, startPostingServer } from '../../support/discord/posting-server.ts';
import { readTable } from '../../support/whop/tables.ts';

const companyId = 'biz_1';
const [staff, digests, owner] = ['100000000000000001', '100000000000000002', '200000000000000001'];

let db: TestDatabase;
let discord: PostingServer;
let stops: (() => Promise<void>)[];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  stops = [];
  discord = await startPostingServer();
  await db.database.pool.query('delete from outbox; delete from channel_trouble; delete from guild_settings');
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await discord.stop();
});

const text = (content: string): OutgoingMessage => ({ content });
const tell = (key: string, channelId = staff, message = text(key)) =>
  enqueue(db.database.pool, { companyId, key, channelId, message });

/** Posts, with one process or several, until nothing is left to do just now. */
async function post(processes = 1): Promise<void> {
  const { apiUrl, token } = discord;
  const options = { apiUrl, token, outbox: createOutbox(db.database.pool), log: pino({ level: 'silent' }), pollMs: 10 };
  stops.push(...Array.from({ length: processes }, () => startPoster(options).stop));
  await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 8000, interval: 20 });
}

/** How many are to be tried within a minute, or are just being. */
async function waiting(): Promise<number> {
  const { rows } = await db.database.pool.query<{ count: number }>(
    `select count(*) from outbox where free_at < now() + interval '1 minute 5 seconds'
       and not exists (select from outbox o where o.channel_id = outbox.channel_id and o.seq < outbox.seq
         and o.free_at > now() + interval '1 minute 5 seconds')`,
  );
  return rows[0]?.count ?? 0;
}

const letTimePass = () =>
  db.database.pool.query(`update outbox set free_at = now() - interval '1 second' where free_at is not null`);
const shown = (channelId = staff) => discord.posting.in(channelId).map(({ content }) => content);
const outbox = () => readTable(db.database.pool, 'outbox');
const requests = (method: string) => discord.rest.seen.filter((one) => one.method === method).length;

describe('a message', () => {
  it('is posted once, however often it was told and whoever posts, and pings nobody', async () => {
    for (let n = 0; n < 3; n += 1) await tell('alert 1');
    await post(3);
    expect(shown()).toEqual(['alert 1']);
    expect(discord.posting.in(staff)[0]?.allowedMentions).toEqual({ parse: [] });
  });

  it('comes after those before it in its channel, through refusals and outages', async () => {
    discord.rest.faults.add({ on: /POST/, times: 1, status: 500 });
    discord.rest.faults.add({ on: /POST/, times: 1, status: 429, retryAfterS: 0.05 });
    for (let n = 0; n < 8; n += 1) await tell(`alert ${n}`, n % 2 === 0 ? staff : digests);
    await post(2);
    expect(shown(staff)).toEqual(['alert 0', 'alert 2', 'alert 4', 'alert 6']);
    expect(shown(digests)).toEqual(['alert 1', 'alert 3', 'alert 5', 'alert 7']);
  });

  it('brings its files, and isn’t kept once it is posted', async () => {
    const files = [{ name: 'mrr.png', description: 'MRR', bytes: new Uint8Array([1, 2, 3]) }];
    await tell('digest', staff, { embeds: [{ title: 'Week', image: { url: 'attachment://mrr.png' } }], files });
    await post();
    expect(discord.posting.in(staff)[0]?.files).toMatchObject([{ name: 'mrr.png', description: 'MRR' }]);
    expect(discord.posting.in(staff)[0]?.files[0]?.bytes).toEqual(Buffer.from([1, 2, 3]));
    expect(await outbox()).toMatchObject([{ body: null, free_at: null, failure: null }]);
  });

  it('is there only if what it tells is', async () => {
    const client = await db.database.pool.connect();
    await client.query('begin');
    await enqueue(client, { companyId, key: 'alert', channelId: staff, message: text('alert') });
    await client.query('rollback');
    client.release();
    expect(await outbox()).toEqual([]);
  });

  it('that Discord finds wrong is given up, and keeps no other from coming', async () => {
    await tell('wrong', staff, { content: 'x'.repeat(2001) });
    await tell('right');
    await post();
    expect(shown()).toEqual(['right']);
    expect(await outbox()).toMatchObject([
      { key: 'right', failure: null },
      { key: 'wrong', failure: '400 50035' },
    ]);
  });
});

describe('a message that changes', () => {
  const change = (content: string) => amend(db.database.pool, { companyId, key: 'alert', message: text(content) });

  it('is edited where it is', async () => {
    await tell('alert');
    await post();
    await change('alert: stayed');
    await post();
    expect(shown()).toEqual(['alert: stayed']);
    expect(requests('POST')).toBe(1);
  });

  it('is posted as it is to be now, if it wasn’t yet', async () => {
    await tell('alert');
    await change('alert: left');
    await post();
    expect(shown()).toEqual(['alert: left']);
    expect(requests('PATCH')).toBe(0);
  });

  it('while it is being posted is edited after it', async () => {
    await tell('alert');
    const box = createOutbox(db.database.pool);
    const taken = await box.take(60_000);
    if (taken === null) throw new Error('nothing taken');
    await change('alert: paid');
    await box.posted(taken, await postedByHand());
    await post();
    expect(shown()).toEqual(['alert: paid']);
  });

  it('is left alone where somebody has deleted it', async () => {
    await tell('alert');
    await post();
    for (const message of discord.posting.messages) message.deleted = true;
    await change('alert: stayed');
    await post();
    expect(shown()).toEqual([]);
    expect(await outbox()).toMatchObject([{ failure: 'Unknown Message' }]);
  });

  async function postedByHand(): Promise<string> {
    const response = await fetch(`${discord.apiUrl}/v10/channels/${staff}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'alert' }),
    });
    const { id } = Object(await response.json());
    return String(id);
  }
});

describe('a process that ends between posting and remembering it', () => {
  /** Posts everything as that process did, and forgets it. */
  async function postAndForget(): Promise<void> {
    await post();
    for (const stop of stops.splice(0)) await stop();
    await db.database.pool.query(
      `update outbox set message_id = null, uncertain = true, attempt = 1, free_at = now() - interval '1 second',
         body = '{"content": "alert", "files": []}'`,
    );
  }

  it.each([
    ['within the minutes in which Discord knows the nonce', 180_000],
    ['later, since the channel is looked through', 0],
  ])('doubles nothing %s', async (_when, nonceMs) => {
    discord.posting.nonceMs = nonceMs;
    await tell('alert');
    await postAndForget();
    await post();
    expect(shown()).toEqual(['alert']);
    expect(await outbox()).toMatchObject([{ message_id: discord.posting.in(staff)[0]?.id, body: null }]);
  });

  it('doubles nothing where much was said in the channel since', async () => {
    discord.posting.nonceMs = 0;
    for (let n = 0; n < 130; n += 1) await tell(`alert ${n}`);
    await post();
    for (const stop of stops.splice(0)) await stop();
    await db.database.pool.query(
      `update outbox set message_id = null, uncertain = true, free_at = now() - interval '1 second',
         body = '{"content": "again", "files": []}' where key = 'alert 120'`,
    );
    await post();
    expect(shown()).toHaveLength(130);
  });

  it('leaves its message to another once its lease has ended', async () => {
    await tell('alert');
    await takeMessage(db.database.pool, 60_000);
    expect(await takeMessage(db.database.pool, 60_000)).toBeNull();
    await letTimePass();
    await post();
    expect(shown()).toEqual(['alert']);
  });
});

describe('a channel that can’t be posted to', () => {
  const forbidden = new ApiError(403, 50013, 'Missing Permissions');
  const missing = new ApiError(404, 10003, 'Unknown Channel');
  const setUp = (change: { staffChannelId?: string; digestChannelId?: string }) =>
    writeGuildSettings(db.database.pool, { companyId, guildId: '1', setUpBy: owner }, change);

  it.each([
    ['forbidden', forbidden, /not allowed.*Read Message History/s],
    ['missing', missing, /doesn’t exist.*\/setup/s],
  ])('that is %s is told of once, to whoever chose it', async (problem, refusal, told) => {
    await setUp({ staffChannelId: staff });
    discord.posting.refusals.set(staff, refusal);
    for (const key of ['alert 1', 'alert 2']) await tell(key);
    await tell('digest', digests);
    await post();
    await letTimePass();
    await post();
    expect(shown(digests)).toEqual(['digest']);
    expect(discord.posting.toldTo(owner).map(({ content }) => content)).toEqual([expect.stringMatching(told)]);
    expect(await readChannelTroubles(db.database.pool, companyId)).toMatchObject([
      { channelId: staff, problem, waiting: 2 },
    ]);
  });

  it('gets everything, in its order, once it can be posted to again', async () => {
    await setUp({ staffChannelId: staff });
    discord.posting.refusals.set(staff, forbidden);
    for (const key of ['alert 1', 'alert 2']) await tell(key);
    await post();
    discord.posting.refusals.clear();
    await letTimePass();
    await post();
    expect(shown()).toEqual(['alert 1', 'alert 2']);
    expect(await readChannelTroubles(db.database.pool, companyId)).toEqual([]);
  });

  it('loses nothing when another one is chosen', async () => {
    await setUp({ staffChannelId: staff });
    discord.posting.refusals.set(staff, missing);
    await tell('alert');
    await post();
    await redirect(db.database.pool, { companyId, from: staff, to: digests });
    await post();
    expect(shown(digests)).toEqual(['alert']);
    expect(await readChannelTroubles(db.database.pool, companyId)).toEqual([]);
  });

  it('is still known where nobody could be told', async () => {
    discord.posting.refusals.set(staff, forbidden);
    await tell('alert');
    await post();
    expect(await readChannelTroubles(db.database.pool, companyId)).toMatchObject([{ problem: 'forbidden' }]);
  });

  it.each([
    [2.9, null],
    [3.1, 'forbidden'],
  ])('is tried for three days: %d days later a message has failed with %s', async (days, failure) => {
    discord.posting.refusals.set(staff, forbidden);
    await tell('alert');
    await db.database.pool.query(`update outbox set created_at = now() - $1 * interval '1 day'`, [days]);
    await post();
    expect(await outbox()).toMatchObject([{ failure }]);
  });
});
