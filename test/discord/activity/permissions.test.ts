import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyActivities } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Bot } from '../../support/discord/bot.ts';
import type { FakeChannel } from '../../support/discord/channels.ts';
import { channelStates, messagesCounted, startCountingBot } from '../../support/discord/counting.ts';
import { type FakeDiscord, startFakeDiscord } from '../../support/discord/fake-discord.ts';

const dayMs = 24 * 60 * 60 * 1000;
const [see, read] = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ReadMessageHistory];

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

async function start(): Promise<void> {
  bot = await startCountingBot(discord, testDatabase.database);
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

/** A channel with a message, with one in a thread, and with one in a thread that was archived two days ago. */
function community(changes: Parameters<FakeDiscord['chat']['add']>[1] = {}): FakeChannel {
  const { chat, guildId } = discord;
  const channel = chat.add(guildId, changes);
  const thread = { type: ChannelType.PublicThread, parentId: channel.id } as const;
  const archivedAt = new Date(Date.now() - 2 * dayMs);
  if (channel.type === ChannelType.GuildText) chat.say(channel, '1');
  chat.say(chat.add(guildId, thread), '2');
  chat.say(chat.add(guildId, { ...thread, archivedAt }), '3', { at: Date.now() - 3 * dayMs });
  return channel;
}

const archivesAsked = ({ id }: FakeChannel) =>
  discord.rest.seen.filter(({ path }) => path === `/channels/${id}/threads/archived/public`).length;

describe('a channel that the bot may not read', () => {
  it('is read with its threads and archives once it may, by the channel itself', async () => {
    const hidden = community({ isHidden: true });
    await start();
    await until(0, { reached: 1, refused: 2 });
    discord.chat.change(hidden, { isHidden: false });
    await until(3, { reached: 4 });
  });

  it('is read once it may after a start, archives of long ago as well', async () => {
    const hidden = community({ isHidden: true });
    await start();
    await until(0, { reached: 1, refused: 2 });
    await bot.stop();
    hidden.isHidden = false;
    await start();
    await until(3, { reached: 4 });
  });

  it.each<[string, 'allow' | 'giveRole']>([
    ['a role of the bot’s is allowed to', 'allow'],
    ['the bot is given a role that may', 'giveRole'],
  ])('is read once %s', async (_how, change) => {
    const guild = discord.guilds.get(discord.guildId);
    if (guild) guild.permissions = String(see);
    community();
    await start();
    await until(0, { refused: 3 });
    discord.chat[change](discord.guildId, String(see | read));
    await until(3, { reached: 4 });
  });

  it('is read once it may, of a forum as well, which has threads alone', async () => {
    const forum = community({ type: ChannelType.GuildForum, hidesHistory: true });
    await start();
    await until(0, { reached: 1, refused: 1 });
    discord.chat.change(forum, { hidesHistory: false });
    await until(2, { reached: 3 });
  });

  it('isn’t asked for again where it still may not', async () => {
    const hidden = community({ isHidden: true });
    const open = community();
    await start();
    await until(3, { reached: 4, refused: 2 });
    discord.chat.allow(discord.guildId, discord.guilds.get(discord.guildId)?.permissions ?? '0');
    discord.chat.change(open, { name: 'offers' });
    discord.chat.say(open, '4');
    await until(4, { reached: 4, refused: 2 });
    expect([archivesAsked(hidden), archivesAsked(open)]).toEqual([0, 1]);
  });
});
