import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { companyOfGuild } from '../../src/store/company-of-guild.ts';
import { linkGuild, unlinkGuild } from '../../src/store/guild-link.ts';
import { readGuilds, writeGuildSettings } from '../../src/store/guild-settings.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.database.pool.query('delete from guild_link; delete from guild_settings'));

const link = (guildId: string, companyId: string) => linkGuild(db.database.pool, { guildId, companyId, linkedBy: '7' });

describe('the company of a guild', () => {
  const companyOf = (guildId: string, guildIds: string[] = [], companyId: string | null = 'biz_env') =>
    companyOfGuild(db.database.pool, guildId, { guildIds, companyId });

  it('is nobody’s where nobody has said', async () => {
    expect(await companyOf('1', ['2'])).toBeNull();
  });

  it('is that of the environment, whatever it was linked to', async () => {
    await link('1', 'biz_linked');
    expect(await companyOf('1', ['1'])).toBe('biz_env');
  });

  it('is the one that it was linked to, and of no other guild', async () => {
    await link('1', 'biz_linked');
    expect(await companyOf('1', ['2'])).toBe('biz_linked');
    expect(await companyOf('3', ['2'])).toBeNull();
  });

  it('is the one that it was linked to where the environment lists it without a company', async () => {
    await link('1', 'biz_linked');
    expect(await companyOf('1', ['1'], null)).toBe('biz_linked');
  });

  it('can’t be changed by another company before it was unlinked', async () => {
    expect(await link('1', 'biz_first')).toBe('biz_first');
    expect(await link('1', 'biz_second')).toBe('biz_first');
    expect(await companyOf('1')).toBe('biz_first');
    await unlinkGuild(db.database.pool, '1');
    expect(await companyOf('1')).toBeNull();
    expect(await link('1', 'biz_second')).toBe('biz_second');
  });
});

describe('the settings of a guild', () => {
  const set = (guildId: string, change: Parameters<typeof writeGuildSettings>[2], setUpBy = '7') =>
    writeGuildSettings(db.database.pool, { companyId: 'biz_1', guildId, setUpBy }, change);

  it('are set one by one, and remember who was last', async () => {
    await set('1', { staffChannelId: '10' });
    await set('1', { digestChannelId: '11' }, '8');
    await set('1', { staffChannelId: '12' }, '9');
    expect(await readGuilds(db.database.pool, 'biz_1')).toEqual([
      { guildId: '1', staffChannelId: '12', digestChannelId: '11', staffRoleId: null, setUpBy: '9' },
    ]);
  });

  it('are those of its company alone', async () => {
    await set('1', { staffChannelId: '10' });
    expect(await readGuilds(db.database.pool, 'biz_2')).toEqual([]);
  });

  it('are forgotten with its link, and no other guild’s', async () => {
    await set('1', { staffChannelId: '10' });
    await set('2', { staffChannelId: '20' });
    await unlinkGuild(db.database.pool, '1');
    expect((await readGuilds(db.database.pool, 'biz_1')).map(({ guildId }) => guildId)).toEqual(['2']);
  });
});
