import { ChannelType } from 'discord.js';
import * as fc from 'fast-check';
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

  type Circumstances = { companyId?: string | null; guildId?: string; watchedSince?: number };

  /** `watchedSince` as a minute. */
  function tell(
    minute: number,
    present: VoiceNews['present'],
    accountId: string | null = null,
    { companyId = 'biz_1', guildId = '5', watchedSince = 0 }: Circumstances = {},
  ): Promise<void> {
    const parts = { pool: testDatabase.database.pool, settings: companyDefaults };
    const times = { at: noon + minute * 60_000, watchedSince: noon + watchedSince * 60_000 };
    return commitVoice(parts, { companyId, guildId, ...times, present, accountId });
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

  it('end with the last time they were known where nobody watched for longer than five minutes', async () => {
    await tell(0, [room], '1');
    await tell(10, [room]);
    await tell(180, [room], null, { watchedSince: 180 });
    await tell(200, [], '1', { watchedSince: 180 });
    expect((await counts()).map(({ seconds }) => seconds)).toEqual([600, 1200]);
  });

  it.each([
    ['five minutes', 15, [1200]],
    ['a moment longer', 15.001, [600, 300]],
  ])('go on over %s in which nobody watched, and not over more', async (_how, watchedSince, seconds) => {
    await tell(0, [room], '1');
    await tell(10, [room]);
    await tell(watchedSince, [room], null, { watchedSince });
    await tell(20, [], '1', { watchedSince });
    expect((await counts()).map((one) => one.seconds)).toEqual(seconds);
  });

  it('that somebody left while nobody watched end before that, though it is told later', async () => {
    await tell(0, [room], '1');
    await tell(10, [room]);
    await tell(180, [], '1', { watchedSince: 180 });
    expect(await counts()).toMatchObject([{ account: '1', seconds: 600 }]);
    expect(await open()).toBe(0);
  });

  it('go on for as long as they were watched, though none of it could be stored', async () => {
    await tell(0, [room], '1');
    await tell(180, [], '1');
    expect(await counts()).toMatchObject([{ account: '1', seconds: 10_800 }]);
  });

  it('never count a minute that nobody watched, whenever the bot was away', async () => {
    const stretches = fc.array(fc.record({ watched: fc.nat(30), away: fc.integer({ min: 6, max: 300 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(stretches, async (days) => {
        await emptyActivities(testDatabase.database);
        let minute = 0;
        for (const { watched, away } of days) {
          const watchedSince = minute;
          for (const last = minute + watched; minute <= last; minute += 1)
            await tell(minute, [room], null, { watchedSince });
          minute += away;
        }
        await tell(minute, [], '1', { watchedSince: minute });
        const seconds = (await counts()).reduce((sum, one) => sum + one.seconds, 0);
        expect(seconds).toBe(60 * days.reduce((sum, { watched }) => sum + watched, 0));
      }),
      { numRuns: 10 },
    );
  });

  it.each([
    ['another company', 'biz_2', [{ ...room, seconds: 900 }]],
    ['none', null, []],
  ])('end for a company whose server belongs to %s, and begin there', async (_whose, companyId, others) => {
    await tell(0, [room, { ...room, accountId: '2' }]);
    await tell(10, [room, { ...room, accountId: '2' }]);
    await tell(11, [room], null, { companyId });
    await tell(26, [], '1', { companyId });
    expect(await open()).toBe(0);
    const { rows } = await testDatabase.database.pool.query('select company_id, seconds from activity order by at, id');
    expect(rows.filter((row) => row.company_id === 'biz_1')).toEqual([
      { company_id: 'biz_1', seconds: 600 },
      { company_id: 'biz_1', seconds: 600 },
    ]);
    expect(rows.filter((row) => row.company_id !== 'biz_1').map(({ seconds }) => seconds)).toEqual(
      others.map(({ seconds }) => seconds),
    );
  });

  it('end in a server that nobody has told of for a day, such as one that the bot has left while it was away', async () => {
    await tell(0, [room], null, { guildId: '6' });
    await tell(10, [room], null, { guildId: '6' });
    await tell(1450, [], '2');
    expect(await open()).toBe(1);
    await tell(1451, [], '2');
    expect(await open()).toBe(0);
    expect(await counts()).toMatchObject([{ account: '1', seconds: 600 }]);
  });

  it('count once, though the same is told twice', async () => {
    for (let times = 0; times < 2; times += 1) await tell(0, [room], '1');
    for (let times = 0; times < 2; times += 1) await tell(30, [], '1');
    expect(await counts()).toHaveLength(1);
    const sums = (await rollupsOf(testDatabase.database)).filter((line) => line.startsWith('day'));
    expect(sums.map((line) => line.replace(/^.*voice /, 'voice '))).toEqual(['voice 1 1800', 'voice 1 1800']);
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
