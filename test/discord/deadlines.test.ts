import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { report, withBot } from '../support/discord/bot.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';

const revenue = { command: 'stats', subcommand: 'revenue' };

// Each test waits for seconds; they wait together.
describe.concurrent('the first 3 seconds', () => {
  it('are kept, however long the answer takes', () =>
    withBot({ context: { reply: (question) => delay(5000, report(question)) } }, async (discord) => {
      const answer = await discord.slash(revenue);
      expect(answer.outcome).toBe('shown');
      expect(answer.acknowledgedAfterMs).toBeLessThan(2000);
    }));

  it('are kept, however long the database takes to name the company', () =>
    withBot({ companyOf: () => delay(3200, 'biz_harbour') }, async (discord) => {
      expect(await discord.slash(revenue)).toMatchObject({ outcome: 'shown', text: 'Revenue 30d' });
    }));

  it('are kept for a button too', () =>
    withBot({}, async (discord) => {
      const answer = await discord.slash(revenue);
      const pressed = discord.press(answer, '7d', { timeoutMs: 100 });
      expect((await pressed).acknowledgedAfterMs).toBeLessThan(2000);
    }));

  it('once missed are logged, and nothing is computed', () => {
    const reply = vi.fn(report);
    return withBot({ context: { reply } }, async (discord, bot) => {
      discord.rest.faults.add({ on: /callback$/, delayMs: 3100, times: 1 });
      expect((await discord.slash(revenue)).outcome).toBe('failed');
      const line = { msg: 'interaction not answered', error: expect.objectContaining({ code: 10062 }) };
      await vi.waitFor(() => expect(bot.logged).toContainEqual(expect.objectContaining(line)));
      expect(reply).not.toHaveBeenCalled();
    });
  });
});

describe.concurrent('a busy Discord', () => {
  it('is asked again no sooner than it says', () =>
    withBot({}, async (discord) => {
      discord.rest.faults.add({ on: /^PATCH/, status: 429, retryAfterS: 1, times: 1 });
      expect((await discord.slash(revenue)).outcome).toBe('shown');
      const [first, second] = discord.rest.seen.filter(({ method }) => method === 'PATCH');
      expect([first?.status, second?.status]).toEqual([429, 200]);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
    }));

  // discord.js leaves up to 6.5 s between two IDENTIFYs.
  it('that has forgotten the session is greeted anew', () =>
    withBot({}, async (discord, bot) => {
      discord.gateway.invalidateSessions();
      await vi.waitFor(() => expect(discord.gateway.identifies).toHaveLength(2), { timeout: 10_000 });
      await vi.waitFor(() => expect(bot.ready()).toBe(true));
      expect((await discord.slash({ command: 'help' })).outcome).toBe('shown');
    }));
});

describe.concurrent('a bot in a process of its own', () => {
  it('answers, and ends when it is stopped', async () => {
    const discord = await startFakeDiscord();
    const bot = await spawnBot(discord);
    expect((await discord.slash(revenue)).outcome).toBe('shown');
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    await discord.stop();
  });

  it('ends within its grace even while Discord leaves it waiting', async () => {
    const discord = await startFakeDiscord();
    const bot = await spawnBot(discord);
    discord.rest.faults.add({ on: /^PATCH/, delayMs: 60_000, times: 1 });
    await discord.slash({ ...revenue, timeoutMs: 100 });
    const stopped = performance.now();
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    expect(performance.now() - stopped).toBeLessThan(10_000);
    await discord.stop();
  });
});

async function spawnBot(discord: FakeDiscord): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('../support/discord/bot-process.ts', import.meta.url));
  const bot = spawn(process.execPath, ['--import', 'tsx', file, discord.apiUrl, discord.token], { stdio: 'ignore' });
  await vi.waitFor(() => expect(discord.commands).not.toEqual([]), { timeout: 15_000 });
  return bot;
}
