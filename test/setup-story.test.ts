import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { readGuilds, writeGuildSettings } from '../src/store/guild-settings.ts';
import { enqueue } from '../src/store/outbox.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { companyId } from './support/whop/sketch.ts';
import { readTable } from './support/whop/tables.ts';

let db: TestDatabase;
let discord: FakeDiscord;
let app: App;
let stranger: string;
let general: string;

beforeAll(async () => {
  [db, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  general = discord.guilds.get(discord.guildId)?.channelId ?? '';
  stranger = discord.addGuild('Elsewhere');
  const environment = {
    DATABASE_URL: db.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_IDS: discord.guildId,
    WHOP_COMPANY_ID: companyId,
    ROLES: 'gateway',
  };
  app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
});
afterAll(async () => {
  await app.stop();
  await discord.stop();
  await db.drop();
});
beforeEach(() =>
  db.database.pool.query('delete from guild_settings; delete from company_settings; delete from outbox'),
);

const setUp = (options: Record<string, string> = {}, guildId = discord.guildId) =>
  discord.slash({ command: 'setup', subcommand: 'server', options, guildId });

describe('/setup server', () => {
  it('says to the asker alone what holds, and what is missing', async () => {
    const { text, ephemeral } = await setUp();
    expect(ephemeral).toBe(true);
    for (const word of ['Still to be set up', 'staff_channel', 'digest_channel', 'UTC', 'Monday']) {
      expect(text).toContain(word);
    }
  });

  it('sets what is named, one step after the other, and remembers who was last', async () => {
    await setUp({ staff_channel: general });
    await setUp({ time_zone: 'asia/shanghai', currency: 'eur', week_start: 'sunday' });
    const { text } = await setUp({ digest_channel: general, staff_role: '77' });
    expect(await readGuilds(db.database.pool, companyId)).toEqual([
      {
        guildId: discord.guildId,
        staffChannelId: general,
        digestChannelId: general,
        staffRoleId: '77',
        setUpBy: discord.userId,
      },
    ]);
    for (const word of ['Asia/Shanghai', 'EUR', 'Sunday', `<#${general}>`, '<@&77>']) expect(text).toContain(word);
    expect(text).not.toContain('Where should');
    expect((await setUp({ time_zone: 'Europe/Berlin' })).text).toContain('Europe/Berlin');
  });

  it('names the permissions that the bot lacks in a chosen channel, at once', async () => {
    const { text } = await setUp({ staff_channel: general });
    expect(text).toContain(`<#${general}>: Embed Links, Attach Files`);
  });

  it('says so where a channel that was chosen is gone', async () => {
    const who = { companyId, guildId: discord.guildId, setUpBy: '7' };
    await writeGuildSettings(db.database.pool, who, { digestChannelId: '123456789012345678' });
    expect((await setUp()).text).toContain('<#123456789012345678>: I can’t see it');
  });

  it.each([
    [{ time_zone: 'Mars' }, /time zone/],
    [{ currency: '€€€' }, /three letters/],
  ])('refuses %j, sets nothing, and says what is wanted', async (options, said) => {
    expect((await setUp({ staff_channel: general, ...options })).text).toMatch(said);
    expect(await readGuilds(db.database.pool, companyId)).toEqual([]);
  });

  it('offers zones while a city is typed, where there is a company', async () => {
    const typing = { command: 'setup', subcommand: 'server', options: { time_zone: 'kolk' } };
    expect((await discord.autocomplete(typing)).choices?.map(({ value }) => value)).toEqual([
      expect.stringMatching(/^Asia\//),
    ]);
    expect((await discord.autocomplete({ ...typing, guildId: stranger })).choices).toEqual([]);
  });

  it('sends what waits for a channel to the one that replaces it', async () => {
    await setUp({ staff_channel: '900000000000000001', digest_channel: '900000000000000002' });
    const message = { content: 'alert' };
    await enqueue(db.database.pool, { companyId, key: 'alert', channelId: '900000000000000001', message });
    await db.database.pool.query(`update outbox set free_at = now() + interval '1 hour'`);
    await setUp({ staff_channel: general });
    await vi.waitFor(() => expect(discord.posting.in(general).map(({ content }) => content)).toEqual(['alert']), 5000);
  });

  it('works in a server that isn’t connected, and says how to connect it', async () => {
    const { text, ephemeral } = await setUp({ staff_channel: general }, stranger);
    expect(text).toContain('isn’t connected');
    expect(ephemeral).toBe(true);
    expect(await readTable(db.database.pool, 'guild_settings')).toEqual([]);
  });
});
