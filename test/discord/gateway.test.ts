import { setTimeout as delay } from 'node:timers/promises';
import { GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/domain/user-error.ts';
import { type Bot, help, startBot } from '../support/discord/bot.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';

let discord: FakeDiscord;
let bot: Bot | undefined;

beforeEach(async () => {
  discord = await startFakeDiscord();
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await discord.stop();
});

const requests = (method: string) => discord.rest.seen.filter((seen) => seen.method === method);

describe('logging in', () => {
  it('asks for guilds, messages, reactions and voice, and for nothing that Discord gives on request only', async () => {
    bot = await startBot(discord);
    expect(bot.ready()).toBe(true);
    expect(discord.gateway.identifies.map(({ intents }) => intents)).toEqual([
      GatewayIntentBits.Guilds |
        GatewayIntentBits.GuildMessages |
        GatewayIntentBits.GuildMessageReactions |
        GatewayIntentBits.GuildVoiceStates,
    ]);
  });

  it('registers the commands once, and again only when they changed', async () => {
    await (await startBot(discord)).stop();
    expect(discord.commands.map(({ name }) => name)).toEqual(['stats', 'help']);
    await (await startBot(discord)).stop();
    expect(requests('PUT')).toHaveLength(1);

    const changed = { ...help, payload: { ...help.payload, description: 'What else there is' } };
    await (await startBot(discord, { commands: [changed] })).stop();
    expect(requests('PUT')).toHaveLength(2);
    expect(discord.commands.map(({ description }) => description)).toEqual(['What else there is']);
  });

  it('goes on with the commands that Discord knows when it does not take new ones', async () => {
    discord.rest.faults.add({ on: /^PUT .*commands/, status: 503, times: 4 });
    bot = await startBot(discord);
    expect(bot.ready()).toBe(true);
    expect(bot.logged).toContainEqual(expect.objectContaining({ msg: 'commands not registered' }));
  });
});

describe('what the operator is told when it fails', () => {
  const failure = (changes: Parameters<typeof startBot>[1] = {}) =>
    startBot(discord, changes).then(
      () => 'started',
      (error) => (error instanceof UserError ? error.message : error),
    );

  it('names a wrong token, without showing it', async () => {
    const told = await failure({ token: 'not.the.token' });
    expect(told).toMatch(/^Discord doesn’t accept DISCORD_TOKEN.*\.$/);
    expect(told).not.toContain('not.the.token');
  });

  it('names a token that only the gateway refuses', async () => {
    discord.gateway.closeIdentifyWith = 4004;
    expect(await failure()).toContain('doesn’t accept DISCORD_TOKEN');
  });

  it('names refused intents', async () => {
    discord.gateway.closeIdentifyWith = 4014;
    expect(await failure()).toContain('intents');
  });

  it('names an address where nobody answers', async () => {
    expect(await failure({ apiUrl: 'http://127.0.0.1:1/api' })).toBe(
      'Discord’s API can’t be reached at http://127.0.0.1:1/api (ECONNREFUSED).',
    );
  });

  it('names an outage', async () => {
    discord.rest.faults.add({ on: /gateway/, status: 503, times: 4 });
    expect(await failure()).toContain('it answers 503');
  });

  it('does not wait for ever, and leaves no connection behind', async () => {
    discord.gateway.refuseConnections(true);
    expect(await failure({ readyTimeoutMs: 300 })).toContain('wasn’t ready within 0.3 s');
    discord.gateway.refuseConnections(false);
    await delay(700);
    expect(discord.gateway.identifies).toEqual([]);
  });
});

describe('stopping', () => {
  it('waits for the answers under way, and begins no others', async () => {
    bot = await startBot(discord, { context: { reply: () => delay(300, { embeds: [{ title: 'Late' }] }) } });
    const asked = discord.slash({ command: 'help' });
    await vi.waitFor(() => expect(requests('POST')).toHaveLength(1));
    const stopped = bot.stop();
    void discord.slash({ command: 'help', timeoutMs: 1 });
    await stopped;
    expect(await asked).toMatchObject({ outcome: 'shown', text: 'Late' });
    expect(discord.rest.seen.filter(({ path }) => path.endsWith('/callback'))).toHaveLength(1);
    expect(discord.gateway.connected).toBe(0);
    expect(bot.ready()).toBe(false);
  });

  it('does not come back when it was stopped between two attempts to connect', async () => {
    bot = await startBot(discord);
    discord.gateway.refuseConnections(true);
    discord.gateway.cut();
    await vi.waitFor(() => expect(bot?.ready()).toBe(false));
    await bot.stop();
    const { attempts } = discord.gateway;
    discord.gateway.refuseConnections(false);
    await delay(700);
    expect(discord.gateway.attempts).toBe(attempts);
  });
});
