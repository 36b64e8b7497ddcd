import { ChannelType } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commitVoice, type VoiceNews } from '../../../src/ingest/activities/voice-sessions.ts';
import { emptyActivities, rollupsOf } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { Bot } from '../../support/discord/bot.ts';
import { counted, startCountingBot } from '../../support/discord/counting.ts';
import { type FakeDiscord, startFakeDiscord } from '../../support/discord/fake-discord.ts';
import { at, companyDefaults } from '../../support/facts.ts';

let testDatabase: TestDatabase;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

beforeEach(async () => {
  await emptyActivities(testDatabase.database);
  await testDatabase.database.pool.query('truncate voice_session');
});

function counts(): Promise<{ kind: string; account: string; seconds: number }[]> {
  return counted(testDatabase.database);
}

function open(): Promise<number> {
  return testDatabase.database.pool.query('select from voice_session').then(({ rowCount }) => rowCount ?? 0);
}

describe('sessions in voice channels', () => {
  const noon = at('2026-06-15T12:00:00Z');
  const room = { accountId: '1', channelId: '10', kind: 'voice' } as const;

  function tell(minute: number, present: VoiceNews['present'], accountId: string | null = null): Promise<void> {
    const parts = { pool: testDatabase.database.pool, settings: companyDefaults };
    const news = { companyId: 'biz_1', guildId: '5', at: noon + minute * 60_000, present, accountId };
    return commitVoice(parts, news);
  }

  it('last from coming to leaving', async () => {
    await tell(0, [room], '1');
    await tell(30, [], '1');
    expect(await counts()).toMatchObject([{ kind: 'voice', account: '1', seconds: 1800 }]);
    expect(await open()).toBe(0);
  });

  it('end with the last time they were known, where nobody saw their end', async () => {
    await tell(0, [room], '1');
    await tell(10, [room]);
    await tell(50, []);
    expect(await counts()).toMatchObject([{ account: '1', seconds: 600 }]);
  });

  it('go on for whoever is still in the same channel, and for nobody else', async () => {
    await tell(0, [room, { ...room, accountId: '2' }]);
    await tell(20, [room, { ...room, accountId: '2', channelId: '11', kind: 'stage' }]);
    expect(await counts()).toMatchObject([{ account: '2', kind: 'voice', seconds: 0 }]);
    await tell(25, [], '1');
    await tell(26, [], '2');
    expect(await counts()).toMatchObject([
      { account: '1', kind: 'voice', seconds: 1500 },
      { account: '2', kind: 'voice', seconds: 0 },
      { account: '2', kind: 'stage', seconds: 360 },
    ]);
  });

  it('count once, though the same is told twice', async () => {
    for (let times = 0; times < 2; times += 1) await tell(0, [room], '1');
    for (let times = 0; times < 2; times += 1) await tell(30, [], '1');
    expect(await counts()).toHaveLength(1);
    expect((await rollupsOf(testDatabase.database)).filter((line) => line.startsWith('day'))).toHaveLength(1);
  });
});

describe('the bot', () => {
  let discord: FakeDiscord;
  let bot: Bot;

  beforeEach(async () => {
    discord = await startFakeDiscord();
  });
  afterEach(async () => {
    await bot.stop();
    await discord.stop();
  });

  it('sees people come, move and leave, also while it was away', async () => {
    const { chat, guildId } = discord;
    const voice = chat.add(guildId, { type: ChannelType.GuildVoice });
    const stage = chat.add(guildId, { type: ChannelType.GuildStageVoice });
    bot = await startCountingBot(discord, testDatabase.database);
    chat.meet(guildId, '1', voice);
    chat.meet(guildId, '2', stage);
    await vi.waitFor(async () => expect(await open()).toBe(2));
    await bot.stop();
    expect(await open()).toBe(2);
    chat.meet(guildId, '1', null);
    bot = await startCountingBot(discord, testDatabase.database);
    await vi.waitFor(async () => expect(await counts()).toMatchObject([{ kind: 'voice', account: '1' }]));
    chat.meet(guildId, '2', voice);
    await vi.waitFor(async () => expect((await counts()).map(({ kind }) => kind).sort()).toEqual(['stage', 'voice']));
    expect(await open()).toBe(1);
  });
});
