import { setTimeout as delay } from 'node:timers/promises';
import { SnowflakeUtil } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Reply, Request } from '../../src/discord/command.ts';
import { UserError } from '../../src/domain/user-error.ts';
import { type Bot, report, startBot } from '../support/discord/bot.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';
import { PERMISSIONS } from '../support/discord/people.ts';

let discord: FakeDiscord;
let bot: Bot;
let reply: (request: Request) => Reply | Promise<Reply>;
let companyOf: (guildId: string) => Promise<string | null>;

beforeEach(async () => {
  reply = report;
  companyOf = async () => 'biz_harbour';
  discord = await startFakeDiscord();
  bot = await startBot(discord, {
    context: { reply: (request) => reply(request) },
    companyOf: (guildId) => companyOf(guildId),
  });
});

afterEach(async () => {
  await bot.stop();
  expect(written().map(({ allowed_mentions }) => allowed_mentions)).toEqual(written().map(() => ({ parse: [] })));
  await discord.stop();
});

const revenue = { command: 'stats', subcommand: 'revenue' };
/** The messages that the bot wrote; none may ping anybody, whatever the text says. */
const written = () =>
  discord.rest.seen
    .map(({ json }) => z.looseObject({ data: z.looseObject({}).optional() }).safeParse(json).data ?? {})
    .map((body) => body.data ?? body)
    .filter((message) => 'content' in message || 'embeds' in message);
const bytes = (answer: { files: { bytes: Uint8Array }[] }) =>
  answer.files.map((file) => new TextDecoder().decode(file.bytes));
const logged = (message: string) => bot.logged.filter(({ msg }) => msg === message);

describe('a slash command', () => {
  it('is answered to the asker alone, with its files', async () => {
    const answer = await discord.slash({ ...revenue, options: { period: '7d' } });
    expect(answer).toMatchObject({ outcome: 'shown', ephemeral: true, text: 'Revenue 7d' });
    expect(answer.files).toMatchObject([{ name: 'revenue-7d.png', description: 'MRR by day' }]);
    expect(bytes(answer)).toEqual(['revenue-7d.png']);
    expect(answer.buttons.map(({ customId }) => customId)).toEqual([
      'stats revenue period=7d',
      'stats revenue period=30d',
    ]);
  });

  it('is answered in public on request', async () => {
    const answer = await discord.slash({ ...revenue, options: { public: true } });
    expect(answer).toMatchObject({ outcome: 'shown', ephemeral: false });
  });

  it('is asked with its options, the asker, the guild, its company, and when Discord received it', async () => {
    const requests: Request[] = [];
    reply = (request) => {
      requests.push(request);
      return report(request);
    };
    const answer = await discord.slash({ ...revenue, options: { period: '7d' } });
    const now = new Date(SnowflakeUtil.timestampFrom(answer.interactionId));
    const { guildId, userId } = discord;
    const asker = { userId, permissions: BigInt(PERMISSIONS.manager) };
    const channelId = discord.guilds.get(guildId)?.channelId;
    const where = { guildId, channelId, companyId: 'biz_harbour', now };
    expect(requests).toEqual([{ ...revenue, options: { period: '7d' }, asker, channels: {}, ...where }]);
  });

  it('is asked with the channel that was chosen', async () => {
    const requests: Request[] = [];
    reply = (request) => {
      requests.push(request);
      return report(request);
    };
    await discord.slash({ ...revenue, options: { channel: '77' } });
    expect(requests).toMatchObject([{ channels: { channel: { id: '77', name: 'channel-77', type: 0 } } }]);
  });

  it('that nobody knows is refused politely', async () => {
    expect(await discord.slash({ command: 'weather' })).toMatchObject({
      ephemeral: true,
      text: expect.stringContaining('don’t know this command'),
    });
  });

  it('outside a server is refused politely', async () => {
    const answer = await discord.slash({ ...revenue, guildId: null });
    expect(answer.text).toBe('I can only answer in a server, not in private messages.');
  });

  it('that completes an option is offered nothing yet', async () => {
    expect(await discord.autocomplete(revenue)).toMatchObject({ outcome: 'shown', choices: [] });
  });
});

describe('a guild that is not connected', () => {
  beforeEach(() => {
    companyOf = async () => null;
  });

  it.each([{}, { public: true }])('is told so, the asker alone, with %j', async (options) => {
    const answer = await discord.slash({ ...revenue, options });
    expect(answer).toMatchObject({ ephemeral: true, embeds: [], files: [] });
    expect(answer.text).toContain('isn’t connected');
  });

  it('is answered by commands that need no company', async () => {
    expect((await discord.slash({ command: 'help' })).text).toBe('Revenue 30d');
  });
});

describe('what goes wrong', () => {
  it('by a person’s mistake is said as it is, and not logged', async () => {
    reply = () => Promise.reject(new UserError('There is no plan “Gold”.'));
    expect(await discord.slash(revenue)).toMatchObject({ ephemeral: true, text: 'There is no plan “Gold”.' });
    expect(bot.logged.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  it('by our fault is said neutrally, under a reference that the log explains', async () => {
    reply = () => Promise.reject(new Error('relation "payment" does not exist'));
    const answer = await discord.slash({ ...revenue, options: { public: true } });
    expect(answer.ephemeral).toBe(true);
    const ref = /\(ref ([2-9A-Z]{5})\)/.exec(answer.text)?.[1];
    expect(answer.text).not.toContain('payment');
    expect(logged('command failed')).toMatchObject([
      {
        ref,
        interactionId: answer.interactionId,
        guildId: discord.guildId,
        command: 'stats',
        error: { message: 'relation "payment" does not exist' },
      },
    ]);
  });

  it('with a message that Discord refuses is said too', async () => {
    reply = () => ({ embeds: [{ title: 'x'.repeat(257) }] });
    expect((await discord.slash(revenue)).text).toContain('ref ');
    expect(logged('command failed')).toMatchObject([{ error: { code: 50035 } }]);
  });

  it('has a reference of its own each time', async () => {
    reply = () => Promise.reject(new Error('ours'));
    const answers = [await discord.slash(revenue), await discord.slash(revenue)];
    const refs = answers.map(({ text }) => /\(ref (\w+)\)/.exec(text)?.[1]);
    expect(new Set(refs).size).toBe(2);
    expect(logged('command failed').map(({ ref }) => ref)).toEqual(refs);
  });

  it('never puts a token or a message into the log', async () => {
    reply = () => ({ embeds: [{ title: `secret${'x'.repeat(257)}` }] });
    await discord.slash(revenue);
    const everything = JSON.stringify(bot.logged);
    for (const { token } of discord.interactions) expect(everything).not.toContain(token);
    expect(everything).not.toContain(discord.token);
    expect(everything).not.toContain('secret');
  });

  it('when the answer comes after the token’s 15 minutes is logged, and the next one answered', async () => {
    reply = (request) => {
      discord.expireInteractions();
      return report(request);
    };
    const late = await discord.slash({ ...revenue, timeoutMs: 300 });
    expect(late.outcome).toBe('acknowledged');
    expect(logged('interaction not answered')).toMatchObject([
      { interactionId: late.interactionId, error: { code: 50027 } },
    ]);
    expect(logged('command failed')).toEqual([]);
    reply = report;
    expect((await discord.slash(revenue)).outcome).toBe('shown');
  });
});

describe('a busy Discord', () => {
  it('is asked again after an outage', async () => {
    discord.rest.faults.add({ on: /^PATCH/, status: 502, times: 2 });
    expect((await discord.slash(revenue)).outcome).toBe('shown');
  });
});

describe('a button', () => {
  it('changes its message in place, and its file with it', async () => {
    const answer = await discord.slash(revenue);
    const changed = await discord.press(answer, '7d');
    expect(changed).toMatchObject({ messageId: answer.messageId, text: 'Revenue 7d', ephemeral: true });
    expect(bytes(changed)).toEqual(['revenue-7d.png']);
    expect(changed.files.map(({ id }) => id)).not.toEqual(answer.files.map(({ id }) => id));
  });

  it('leaves nothing of the answer before', async () => {
    const answer = await discord.slash(revenue);
    reply = () => ({ embeds: [{ title: 'Nothing to draw' }] });
    expect(await discord.press(answer, '7d')).toMatchObject({ files: [], buttons: [], text: 'Nothing to draw' });
  });

  it('leaves the message as it is when it fails, and tells the presser alone', async () => {
    const answer = await discord.slash({ ...revenue, options: { public: true } });
    reply = () => Promise.reject(new UserError('No such plan.'));
    expect(await discord.press(answer, '7d')).toMatchObject({ ephemeral: true, text: 'No such plan.' });
    expect(discord.message(answer.messageId)).toMatchObject({ text: 'Revenue 30d', ephemeral: false });
  });

  it('under a public post is refused to people without Manage Server', async () => {
    const answer = await discord.slash({ ...revenue, options: { public: true } });
    const passerBy = { userId: '100000000000000001', permissions: PERMISSIONS.member };
    const refused = await discord.press(answer, '7d', passerBy);
    expect(refused).toMatchObject({ ephemeral: true, text: expect.stringContaining('Manage Server') });
    expect(discord.message(answer.messageId)).toMatchObject({ text: 'Revenue 30d' });
    expect(await discord.press(answer, '7d')).toMatchObject({ messageId: answer.messageId, text: 'Revenue 7d' });
  });

  it('under a private answer is the asker’s, whatever their permissions', async () => {
    const answer = await discord.slash({ ...revenue, permissions: PERMISSIONS.member });
    expect(await discord.press(answer, '7d', { permissions: PERMISSIONS.member })).toMatchObject({
      text: 'Revenue 7d',
    });
  });

  it('of a command that is open to everyone may be pressed by everyone', async () => {
    const answer = await discord.slash({ command: 'help', options: { public: true } });
    const pressed = await discord.press(answer, '7d', { permissions: PERMISSIONS.member });
    expect(pressed.messageId).toBe(answer.messageId);
  });

  it.each(['nobody wrote this', 'weather', 'stats', 'stats gone period=7d'])(
    'with the id "%s" is answered kindly',
    async (id) => {
      const answer = await discord.slash(revenue);
      const told = await discord.press(answer, id, { stale: true });
      expect(told).toMatchObject({ ephemeral: true, text: expect.stringContaining('run the command again') });
    },
  );

  it('that was pressed last decides, even if an earlier one takes longer', async () => {
    const answer = await discord.slash({ ...revenue, options: { public: true } });
    reply = (request) => delay(request.options.period === '7d' ? 500 : 0, report(request));
    const slow = discord.press(answer, '7d', { timeoutMs: 900 });
    const fast = await discord.press(answer, '30d');
    expect(fast.text).toBe('Revenue 30d');
    expect((await slow).outcome).toBe('acknowledged');
    expect(discord.message(answer.messageId)).toMatchObject({ text: 'Revenue 30d' });
  });

  it('pressed twice leaves one file', async () => {
    const answer = await discord.slash(revenue);
    await Promise.all([discord.press(answer, '7d'), discord.press(answer, '7d')]);
    expect(discord.message(answer.messageId)?.files).toHaveLength(1);
  });
});
