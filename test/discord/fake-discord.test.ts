import { Client, Events, GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Bot, startBot } from '../support/discord/bot.ts';
import { type FakeDiscord, startFakeDiscord } from '../support/discord/fake-discord.ts';

/** The rules of Discord that a fake must not be kinder about. */
let discord: FakeDiscord;

beforeEach(async () => {
  discord = await startFakeDiscord();
});

afterEach(() => discord.stop());

async function call(method: string, path: string, body?: unknown, token = discord.token) {
  const headers = { authorization: `Bot ${token}`, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${discord.apiUrl}/v10${path}`, init);
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

function interaction() {
  void discord.slash({ command: 'x', timeoutMs: 1 });
  const { id, token } = discord.interactions.at(-1) ?? { id: '', token: '' };
  const webhook = `/webhooks/${discord.applicationId}/${token}`;
  return {
    callback: (body: unknown, query = '') => call('POST', `/interactions/${id}/${token}/callback${query}`, body),
    webhook,
    original: `${webhook}/messages/@original`,
  };
}

describe('an interaction', () => {
  it('is acknowledged once', async () => {
    const { callback } = interaction();
    expect(await callback({ type: 5 })).toEqual({ status: 204, body: null });
    expect(await callback({ type: 5 })).toMatchObject({ status: 400, body: { code: 40060 } });
  });

  it('shows its message when asked for the response', async () => {
    const { callback } = interaction();
    const answer = await callback({ type: 4, data: { content: 'Hello', flags: 64 } }, '?with_response=true');
    expect(answer.body).toMatchObject({ resource: { type: 4, message: { content: 'Hello', flags: 64 } } });
  });

  it('has no message before it is acknowledged, and none after it was deleted', async () => {
    const { callback, original, webhook } = interaction();
    expect((await call('PATCH', original, { content: 'x' })).body.code).toBe(10015);
    await callback({ type: 5, data: { flags: 0 } });
    await call('DELETE', original);
    expect((await call('GET', original)).body.code).toBe(10008);
    expect((await call('POST', webhook, { content: 'Alone', flags: 64 })).body).toMatchObject({ flags: 64 });
  });

  it('takes the first follow-up for the deferred reply, with the reply’s flags', async () => {
    const { callback, webhook, original } = interaction();
    await callback({ type: 5, data: { flags: 0 } });
    await call('POST', webhook, { content: 'Seen by all', flags: 64 });
    expect((await call('GET', original)).body).toMatchObject({ content: 'Seen by all', flags: 0 });
  });

  it('can’t update a message where no button was pressed', async () => {
    expect((await interaction().callback({ type: 6 })).status).toBe(400);
  });

  it('is unknown under another token', async () => {
    const { callback } = interaction();
    expect((await call('POST', '/interactions/1/abc/callback', { type: 5 })).body.code).toBe(10062);
    expect((await callback({ type: 5 })).status).toBe(204);
  });
});

describe('a message', () => {
  const button = (custom_id: string) => ({ type: 2, style: 2, label: 'x', custom_id });
  const row = (...components: unknown[]) => ({ type: 1, components });
  const buttons = (count: number) => Array.from({ length: count }, (_, index) => button(`${index}`));

  it.each([
    ['2000 characters', { content: 'x'.repeat(2000) }],
    ['an embed title of 256', { embeds: [{ title: 'x'.repeat(256) }] }],
    [
      '6000 characters in all embeds',
      { embeds: [{ description: 'x'.repeat(4096) }, { description: 'x'.repeat(1904) }] },
    ],
    ['25 fields', { embeds: [{ fields: Array(25).fill({ name: 'x', value: 'x' }) }] }],
    ['5 buttons', { content: 'x', components: [row(...buttons(5))] }],
    ['a custom_id of 100', { content: 'x', components: [row(button('x'.repeat(100)))] }],
  ])('takes %s', async (_, data) => {
    expect(await interaction().callback({ type: 4, data })).toMatchObject({ status: 204 });
  });

  it.each([
    ['2001 characters', { content: 'x'.repeat(2001) }],
    ['an embed title of 257', { embeds: [{ title: 'x'.repeat(257) }] }],
    [
      '6001 characters in all embeds',
      { embeds: [{ description: 'x'.repeat(4096) }, { description: 'x'.repeat(1905) }] },
    ],
    ['26 fields', { embeds: [{ fields: Array(26).fill({ name: 'x', value: 'x' }) }] }],
    ['an empty field', { embeds: [{ fields: [{ name: 'x', value: ' ' }] }] }],
    ['6 buttons in a row', { content: 'x', components: [row(...buttons(6))] }],
    ['6 rows', { content: 'x', components: buttons(6).map((each) => row(each)) }],
    ['a custom_id of 101', { content: 'x', components: [row(button('x'.repeat(101)))] }],
    ['a custom_id twice', { content: 'x', components: [row(button('a'), button('a'))] }],
    ['an image that is not attached', { embeds: [{ title: 'x', image: { url: 'attachment://chart.png' } }] }],
    ['an embed in a Components V2 panel', { flags: 1 << 15, embeds: [{ title: 'x' }], components: [{ type: 10 }] }],
  ])('refuses %s', async (_, data) => {
    expect(await interaction().callback({ type: 4, data })).toMatchObject({ status: 400, body: { code: 50035 } });
  });

  it('is refused empty', async () => {
    expect((await interaction().callback({ type: 4, data: {} })).body.code).toBe(50006);
  });

  it('says where the mistake is', async () => {
    const { body } = await interaction().callback({ type: 4, data: { content: 'x', components: [row(button(''))] } });
    expect(body.errors.components[0].components[0].custom_id._errors[0].code).toBe('BASE_TYPE_BAD_LENGTH');
  });
});

describe('attachments', () => {
  const attachment = z.object({ id: z.string(), filename: z.string() });
  const messageShape = z.object({ attachments: z.array(attachment).default([]), code: z.number().optional() });

  async function edit(path: string, payload: unknown, ...names: string[]) {
    const form = new FormData();
    form.append('payload_json', JSON.stringify(payload));
    for (const [index, name] of names.entries()) form.append(`files[${index}]`, new Blob([name]), name);
    const response = await fetch(`${discord.apiUrl}/v10${path}`, { method: 'PATCH', body: form });
    return messageShape.parse(await response.json());
  }
  const names = ({ attachments }: z.infer<typeof messageShape>) => attachments.map(({ filename }) => filename);

  it('are added, kept by id, or dropped, as the list says', async () => {
    const { callback, original } = interaction();
    await callback({ type: 5 });
    expect(names(await edit(original, {}, 'a.png'))).toEqual(['a.png']);
    const both = await edit(original, {}, 'b.png');
    expect(names(both)).toEqual(['a.png', 'b.png']);
    const [first] = both.attachments;
    expect(names(await edit(original, { attachments: [{ id: first?.id }, { id: 0 }] }, 'c.png'))).toEqual([
      'a.png',
      'c.png',
    ]);
    expect(names(await edit(original, { content: 'kept' }))).toEqual(['a.png', 'c.png']);
    expect(names(await edit(original, { attachments: [] }))).toEqual([]);
    expect((await edit(original, { attachments: [{ id: first?.id }] })).code).toBe(50146);
  });
});

describe('application commands', () => {
  const path = () => `/applications/${discord.applicationId}/commands`;
  const option = (name: string) => ({ name, description: 'x', type: 3 });
  const command = { name: 'stats', description: 'Figures' };

  it.each([
    ['an upper-case name', [{ ...command, name: 'Stats' }]],
    ['a name with a space', [{ ...command, name: 'my stats' }]],
    ['no description', [{ name: 'stats', description: '' }]],
    ['a description of 101', [{ ...command, description: 'x'.repeat(101) }]],
    ['26 options', [{ ...command, options: Array.from({ length: 26 }, (_, index) => option(`o${index}`)) }]],
    ['an option twice', [{ ...command, options: [option('a'), option('a')] }]],
    ['a required option after another', [{ ...command, options: [option('a'), { ...option('b'), required: true }] }]],
    ['a command twice', [command, command]],
    [
      'more than 8000 characters',
      [{ ...command, options: Array.from({ length: 25 }, (_, index) => heavy(`o${index}`)) }],
    ],
  ])('are refused with %s', async (_, commands) => {
    expect(await call('PUT', path(), commands)).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(discord.commands).toEqual([]);
  });

  it('are refused to others', async () => {
    expect(await call('PUT', path(), [command], 'wrong')).toMatchObject({ status: 401 });
  });

  function heavy(name: string) {
    const choices = Array.from({ length: 4 }, (_, index) => ({ name: `${index}`.padEnd(90, 'x'), value: `${index}` }));
    return { ...option(name), choices };
  }
});

describe('the gateway', () => {
  it('refuses privileged intents that are not enabled', async () => {
    const client = new Client({ intents: [GatewayIntentBits.GuildMembers], rest: { api: discord.apiUrl } });
    const closed = new Promise((resolve) => client.once(Events.ShardDisconnect, ({ code }) => resolve(code)));
    await expect(client.login(discord.token)).rejects.toThrow('disallowed intents');
    expect(await closed).toBe(4014);
  });

  it('acknowledges heartbeats, so that the connection stays', async () => {
    discord.gateway.heartbeatIntervalMs = 40;
    const bot: Bot = await startBot(discord);
    await vi.waitFor(() => expect(discord.gateway.heartbeats).toBeGreaterThan(5), { timeout: 2000 });
    expect(discord.gateway.attempts).toBe(1);
    await bot.stop();
  });

  it('lets people send only what the registered command takes', async () => {
    const bot = await startBot(discord);
    expect(() => discord.slash({ command: 'stats', subcommand: 'weather' })).toThrow('no subcommand');
    expect(() => discord.slash({ command: 'help', options: { colour: 'blue' } })).toThrow('no option');
    const revenue = { command: 'stats', subcommand: 'revenue' };
    expect(() => discord.slash({ ...revenue, options: { period: '12d' } })).toThrow('can');
    await bot.stop();
  });
});
