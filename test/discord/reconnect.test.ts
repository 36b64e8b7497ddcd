import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Bot, startBot } from '../support/discord/bot.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';

let discord: FakeDiscord;
let bot: Bot;

beforeEach(async () => {
  discord = await startFakeDiscord();
  bot = await startBot(discord);
});

afterEach(async () => {
  await bot.stop();
  await discord.stop();
});

describe('a lost connection', () => {
  it('is resumed, and what was asked meanwhile is answered', async () => {
    discord.gateway.cut();
    await vi.waitFor(() => expect(bot.ready()).toBe(false));
    const answer = await discord.slash({ command: 'stats', subcommand: 'revenue' });
    expect(answer).toMatchObject({ outcome: 'shown', text: 'Revenue 30d' });
    expect(discord.gateway.resumes).toHaveLength(1);
    expect(discord.gateway.identifies).toHaveLength(1);
    expect(bot.ready()).toBe(true);
  });

  it('is left and resumed when Discord asks for it', async () => {
    discord.gateway.askToReconnect();
    await vi.waitFor(() => expect(discord.gateway.resumes).toHaveLength(1), { timeout: 3000 });
    expect((await discord.slash({ command: 'help' })).outcome).toBe('shown');
  });
});
