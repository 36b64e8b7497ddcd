import { ChannelType, GatewayDispatchEvents, MessageType } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyActivities, recount, rollupsOf } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Bot } from '../../support/discord/bot.ts';
import { person } from '../../support/discord/channels.ts';
import { counted, startCountingBot } from '../../support/discord/counting.ts';
import { type FakeDiscord, startFakeDiscord } from '../../support/discord/fake-discord.ts';

let testDatabase: TestDatabase;
let discord: FakeDiscord;
let bot: Bot;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

beforeEach(async () => {
  await emptyActivities(testDatabase.database);
  discord = await startFakeDiscord();
});
afterEach(async () => {
  await bot.stop();
  await discord.stop();
});

function general() {
  const channel = discord.chat.find(discord.guilds.get(discord.guildId)?.channelId ?? '');
  if (channel === undefined) throw new Error('no channel');
  return channel;
}

/** Until what was done is counted, and nothing else. */
async function until(expected: readonly object[]): Promise<void> {
  await vi.waitFor(async () => expect(await counted(testDatabase.database)).toMatchObject(expected), {
    timeout: 10_000,
  });
}

describe('messages', () => {
  it('are counted wherever people write, those of a thread in its channel', async () => {
    bot = await startCountingBot(discord, testDatabase.database);
    const { chat, guildId } = discord;
    const forum = chat.add(guildId, { type: ChannelType.GuildForum });
    const places = [
      general(),
      chat.add(guildId, { type: ChannelType.GuildAnnouncement }),
      chat.add(guildId, { type: ChannelType.GuildVoice }),
      chat.add(guildId, { type: ChannelType.GuildStageVoice }),
      chat.add(guildId, { type: ChannelType.PublicThread, parentId: general().id }),
      chat.add(guildId, { type: ChannelType.PublicThread, parentId: forum.id }),
    ];
    const said = places.map((place, i) => chat.say(place, `${i}`));
    const channels = [...places.slice(0, 4), general(), forum];
    await until(said.map(({ id }, i) => ({ kind: 'message', id, channelId: channels[i]?.id, account: `${i}` })));
    expect(await rollupsOf(testDatabase.database)).toEqual(await recount(testDatabase.database, 'UTC'));
  });

  it('don’t count where no person of the guild wrote them', async () => {
    const elsewhere = discord.addGuild('Elsewhere');
    bot = await startCountingBot(discord, testDatabase.database);
    const { chat } = discord;
    chat.say(general(), '1', { author: { ...person('1'), bot: true } });
    chat.say(general(), '2', { webhookId: '77' });
    chat.say(general(), '3', { type: MessageType.UserJoin });
    chat.say(general(), '4', { type: MessageType.ThreadCreated });
    const [other] = chat.channels().filter(({ guildId }) => guildId === elsewhere);
    if (other !== undefined) chat.say(other, '5');
    const edited = chat.say(general(), '6');
    discord.gateway.dispatch(GatewayDispatchEvents.MessageUpdate, {
      ...edited,
      channel_id: general().id,
      guild_id: discord.guildId,
    });
    discord.gateway.dispatch(GatewayDispatchEvents.MessageDelete, {
      id: edited.id,
      channel_id: general().id,
      guild_id: discord.guildId,
    });
    discord.gateway.dispatch(GatewayDispatchEvents.MessageCreate, {
      ...edited,
      id: '99',
      channel_id: '98',
      content: 'directly',
    });
    chat.say(general(), '7', { type: MessageType.Reply });
    await until([{ account: '6' }, { account: '7' }]);
    await bot.stop();
    bot = await startCountingBot(discord, testDatabase.database);
    await until([{ account: '6' }, { account: '7' }]);
  });
});

describe('reactions', () => {
  it('count once for each person, message and emoji, however often they are told', async () => {
    bot = await startCountingBot(discord, testDatabase.database);
    const said = discord.chat.say(general(), '1');
    discord.chat.react(general(), said, '2');
    discord.chat.react(general(), said, '2');
    discord.chat.react(general(), said, '2', '🌊');
    discord.chat.react(general(), said, '3');
    await vi.waitFor(async () => {
      const reactions = (await counted(testDatabase.database)).filter(({ kind }) => kind === 'reaction');
      expect(reactions.map(({ id }) => id).sort()).toEqual(
        [`${said.id}:2:👍`, `${said.id}:2:🌊`, `${said.id}:3:👍`].sort(),
      );
    });
  });
});
