import { ChannelType } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDiscordReading } from '../../../src/store/discord-reading.ts';
import { emptyActivities } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Bot } from '../../support/discord/bot.ts';
import type { FakeChannel } from '../../support/discord/channels.ts';
import { channelStates, company, messagesCounted, startCountingBot } from '../../support/discord/counting.ts';
import { type FakeDiscord, startFakeDiscord } from '../../support/discord/fake-discord.ts';

const dayMs = 24 * 60 * 60 * 1000;

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let bot: Bot;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

beforeEach(async () => {
  await emptyActivities(testDatabase.database);
  await testDatabase.database.pool.query('truncate discord_guild');
  discord = await startFakeDiscord();
});
afterEach(async () => {
  await bot.stop();
  await discord.stop();
});

function say(channel: FakeChannel, count: number, daysAgo = 0): void {
  for (let i = 0; i < count; i += 1) {
    discord.chat.say(channel, String(i % 7), daysAgo === 0 ? {} : { at: Date.now() - daysAgo * dayMs + i });
  }
}

async function until(messages: number, states: Record<string, number>): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await messagesCounted(testDatabase.database)).toBe(messages);
      expect(await channelStates(testDatabase.database)).toEqual(states);
    },
    { timeout: 15_000 },
  );
}

function requestsFor(channel: FakeChannel): number {
  return discord.rest.seen.filter(({ path }) => path === `/channels/${channel.id}/messages`).length;
}

describe('the history of a server', () => {
  it('is read back to the first day, in channels, threads and archives; silent channels have a mark, too', async () => {
    const { chat, guildId } = discord;
    const text = chat.add(guildId);
    say(text, 3, 31);
    say(text, 250, 29);
    const thread = chat.add(guildId, { type: ChannelType.PublicThread, parentId: text.id });
    say(thread, 100, 2);
    const archived = chat.add(guildId, { type: ChannelType.PublicThread, parentId: text.id, archivedAt: new Date() });
    say(archived, 7, 1);
    bot = await startCountingBot(discord, testDatabase.database);
    await until(357, { reached: 4 });
    expect(requestsFor(text)).toBe(3);
    expect(await readDiscordReading(testDatabase.database.pool, company)).toEqual({
      channels: 4,
      reached: 4,
      refused: 0,
      messages: 357,
      reading: [],
    });
  });

  it('isn’t read where none is wanted, and goes on from there', async () => {
    const channel = discord.chat.add(discord.guildId);
    say(channel, 5, 1);
    bot = await startCountingBot(discord, testDatabase.database, { backfillDays: 0 });
    await until(0, { reached: 2 });
    expect(requestsFor(channel)).toBe(0);
    await bot.stop();
    say(channel, 5);
    bot = await startCountingBot(discord, testDatabase.database, { backfillDays: 30 });
    await until(5, { reached: 2 });
  });

  it('begins for a channel that is found later where it began for the server', async () => {
    const { chat, guildId } = discord;
    const hidden = chat.add(guildId, { isHidden: true });
    say(hidden, 5, 29);
    bot = await startCountingBot(discord, testDatabase.database);
    await until(0, { reached: 1, refused: 1 });
    chat.change(hidden, { isHidden: false });
    await until(5, { reached: 2 });
    say(hidden, 1);
    await until(6, { reached: 2 });
  });

  it('isn’t asked for again in channels where nothing was missed', async () => {
    const channel = discord.chat.add(discord.guildId);
    say(channel, 5);
    bot = await startCountingBot(discord, testDatabase.database);
    await until(5, { reached: 2 });
    say(channel, 5);
    await until(10, { reached: 2 });
    await bot.stop();
    bot = await startCountingBot(discord, testDatabase.database);
    await until(10, { reached: 2 });
    expect(requestsFor(channel)).toBe(1);
  });
});

describe('what was missed', () => {
  it('while the session was lost is read', async () => {
    const channel = discord.chat.add(discord.guildId);
    bot = await startCountingBot(discord, testDatabase.database);
    say(channel, 5);
    await until(5, { reached: 2 });
    discord.gateway.invalidateSessions();
    say(channel, 5);
    await vi.waitFor(() => expect(discord.gateway.identifies).toHaveLength(2), { timeout: 15_000 });
    say(channel, 5);
    await until(15, { reached: 2 });
  });

  it('isn’t passed over by a message that arrives while it is still being read', async () => {
    const channel = discord.chat.add(discord.guildId);
    say(channel, 150, 1);
    discord.rest.faults.add({ on: /messages$/, delayMs: 60_000, times: 1 });
    bot = await startCountingBot(discord, testDatabase.database);
    say(channel, 1);
    await until(1, { reached: 1, waiting: 1 });
    const { pool } = testDatabase.database;
    expect(await readDiscordReading(pool, company)).toMatchObject({ channels: 2, reached: 1, messages: 0 });
    await bot.stop();
    bot = await startCountingBot(discord, testDatabase.database);
    await until(151, { reached: 2 });
  });

  it('because there was no more room is read, once there is', async () => {
    const channel = discord.chat.add(discord.guildId);
    bot = await startCountingBot(discord, testDatabase.database, { capacity: 20 });
    await vi.waitFor(async () => expect(await channelStates(testDatabase.database)).toEqual({ reached: 2 }));
    const blocker = await testDatabase.database.pool.connect();
    const key = `hashtextextended('${company}', 1)`;
    await blocker.query(`select pg_advisory_lock(${key})`);
    say(channel, 500);
    // An answer comes after everything that was sent before its question.
    await discord.slash({ command: 'help' });
    await blocker.query(`select pg_advisory_unlock(${key})`);
    blocker.release();
    await until(500, { reached: 2 });
    expect(requestsFor(channel)).toBeGreaterThan(0);
  });

  it('for a limit of Discord’s, or an outage, is read later', async () => {
    const channel = discord.chat.add(discord.guildId);
    say(channel, 350);
    discord.rest.faults.add({ on: /messages$/, status: 429, retryAfterS: 0.3, times: 2 });
    discord.rest.faults.add({ on: /messages$/, status: 503, times: 5 });
    bot = await startCountingBot(discord, testDatabase.database);
    await until(350, { reached: 2 });
  });
});
