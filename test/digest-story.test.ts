import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { dayMs } from '../src/domain/churn/member-history.ts';
import { writeGuildSettings } from '../src/store/guild-settings.ts';
import { storeCommunity } from './support/churn/store-community.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { readTable } from './support/whop/tables.ts';

const companyId = 'biz_1';
const now = Date.now();

let db: TestDatabase;
let discord: FakeDiscord;
let app: App;
let general: string;

beforeAll(async () => {
  [db, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  general = discord.guilds.get(discord.guildId)?.channelId ?? '';
  // Somebody joins each day, so that somebody does in each week.
  const histories = Array.from({ length: 30 }, (_, n) => ({
    memberId: `user_${n}`,
    memberships: [
      { id: `mem_${n}`, start: now - (n + 1) * dayMs, end: Number.POSITIVE_INFINITY, terms: [], cancellations: [] },
    ],
    bills: [],
    activity: [],
  }));
  await storeCommunity(db.database.pool, { companyId, histories, until: now });
  const environment = {
    DATABASE_URL: db.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_IDS: discord.guildId,
    WHOP_COMPANY_ID: companyId,
    ROLES: 'gateway',
  };
  app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
}, 60_000);
afterAll(async () => {
  await app.stop();
  await discord.stop();
  await db.drop();
});
beforeEach(async () => {
  discord.posting.messages.length = 0;
  const tables = ['guild_settings', 'outbox', 'digest_schedule', 'digest_figure', 'job_run'];
  await db.database.pool.query(tables.map((table) => `delete from ${table}`).join('; '));
});

const ask = (subcommand: string, options = {}) =>
  discord.slash({ command: 'digest', subcommand, options, timeoutMs: 30_000 });
const setUp = (options: Record<string, string>) => discord.slash({ command: 'setup', subcommand: 'server', options });

/** What stands in the channel once the bot has posted it. */
async function posted(): Promise<string> {
  await vi.waitFor(() => expect(discord.posting.in(general)).toHaveLength(1), 8000);
  const [message] = discord.posting.in(general);
  return JSON.stringify(message?.embeds);
}

describe('/digest', () => {
  it('is for people with Manage Server, where Discord shows it to nobody else', () => {
    const registered = discord.commands.find(({ name }) => name === 'digest');
    expect(registered?.default_member_permissions).toBe('32');
  });

  it('preview shows the week to the asker alone, names and a chart included, and keeps nothing', async () => {
    const { text, ephemeral, files } = await ask('preview');
    expect(ephemeral).toBe(true);
    for (const words of ['Weekly digest', 'Last complete week', 'MRR', 'joined', 'How fresh']) {
      expect(text).toContain(words);
    }
    expect(text).toMatch(/▲ user\\_\d+ \+\$10\.00/);
    expect(files).toHaveLength(1);
    expect(await readTable(db.database.pool, 'digest_figure')).toEqual([]);
    expect(discord.posting.messages).toEqual([]);
  });

  it('preview names nobody outside the channel of staff, once there is one', async () => {
    await setUp({ staff_channel: general });
    expect((await ask('preview')).text).toMatch(/user/);
    await writeGuildSettings(
      db.database.pool,
      { companyId, guildId: discord.guildId, setUpBy: '1' },
      { staffChannelId: '77' },
    );
    const { text } = await ask('preview');
    expect(text).toContain('Weekly digest');
    expect(text).not.toMatch(/user/);
  });

  it('send says what to do where no channel is chosen', async () => {
    expect((await ask('send')).text).toContain('`/setup server`');
    expect(await readTable(db.database.pool, 'outbox')).toEqual([]);
  });

  it('send posts it to its channel, without a name where that isn’t the staff channel', async () => {
    await setUp({ digest_channel: general });
    const { text, ephemeral } = await ask('send');
    expect([ephemeral, text]).toEqual([true, expect.stringContaining(`<#${general}>`)]);
    const message = await posted();
    expect(message).toContain('Weekly digest');
    expect(message).not.toMatch(/user/);
    // Nobody knows how many were active.
    expect(await readTable(db.database.pool, 'digest_figure')).toHaveLength(5);
  });

  it('send names people where it is', async () => {
    await setUp({ digest_channel: general, staff_channel: general });
    await ask('send');
    expect(await posted()).toMatch(/user/);
  });

  it('schedule shows what holds, and changes the day and the hour', async () => {
    expect((await ask('schedule')).text).toContain('Each Monday at 09:00 (UTC)');
    const { text } = await ask('schedule', { day: 5, hour: 18 });
    expect(text).toContain('Each Friday at 18:00 (UTC)');
    expect(text).toMatch(/Friday, .* at 18:00 \(UTC\)/);
    expect(text).toContain('until then none is posted');
    await setUp({ digest_channel: general });
    expect((await ask('schedule', { hour: 0 })).text).toContain('Each Friday at 00:00 (UTC)');
    expect((await ask('schedule')).text).toContain(`<#${general}>`);
  });

  it.each([{ hour: 24 }, { hour: -1 }])('schedule refuses %j and changes nothing', async (wrong) => {
    expect((await ask('schedule', wrong)).text).toMatch(/whole number from \d to \d+/);
    expect(await readTable(db.database.pool, 'digest_schedule')).toEqual([]);
  });
});
