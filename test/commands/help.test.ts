import { ApplicationCommandOptionType } from 'discord.js';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';
import { PERMISSIONS } from '../support/discord/people.ts';

let db: TestDatabase;
let discord: FakeDiscord;
let app: App;

beforeAll(async () => {
  [db, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
  const environment = {
    DATABASE_URL: db.connectionString,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    ROLES: 'gateway',
  };
  app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
});
afterAll(async () => {
  await app.stop();
  await discord.stop();
  await db.drop();
});

/** Every command with its subcommands, and whether Discord keeps it to staff. */
const all = commands.flatMap(({ payload }) => {
  const forStaff = payload.default_member_permissions !== undefined;
  const subcommands = (payload.options ?? []).filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  const names = subcommands.length === 0 ? [''] : subcommands.map(({ name }) => ` ${name}`);
  return names.map((name) => ({ name: `/${payload.name}${name}`, forStaff }));
});

async function shown(permissions: string): Promise<{ text: string; commands: string[] }> {
  const { text, ephemeral } = await discord.slash({ command: 'help', permissions });
  expect(ephemeral).toBe(true);
  return { text, commands: [...text.matchAll(/`(\/[a-z]+(?: [a-z-]+)?)`/g)].map(([, name = '']) => name).sort() };
}

describe('/help', () => {
  it('tells staff of every command once, by what one wants to do', async () => {
    const help = await shown(PERMISSIONS.manager);
    expect(help.commands).toEqual(all.map(({ name }) => name).sort());
    for (const task of [
      'See revenue',
      'Find who is about to leave',
      'Post a weekly digest',
      'Connect this server',
      'Who is who',
      'Privacy',
    ]) {
      expect(help.text).toContain(task);
    }
  });

  it('tells others of what they may run alone', async () => {
    const help = await shown(PERMISSIONS.member);
    // The bot itself keeps these to staff.
    const kept = ['/link member', '/link suggestions', '/link remove'];
    const open = all.filter(({ name, forStaff }) => !forStaff && !kept.includes(name));
    expect(help.commands).toEqual(open.map(({ name }) => name).sort());
    expect(help.text).not.toContain('See revenue');
    expect(help.text).toContain('Manage Server');
  });

  it('takes an administrator for staff', async () => {
    const help = await shown('8');
    expect(help.commands).toHaveLength(all.length);
  });
});
