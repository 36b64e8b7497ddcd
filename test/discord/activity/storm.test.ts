import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { startEmbeddedPostgres } from '../../../src/store/embedded-postgres.ts';
import { migrate } from '../../../src/store/migrate.ts';
import type { FakeChannel } from '../../support/discord/channels.ts';
import { company } from '../../support/discord/counting.ts';
import { type FakeDiscord, startFakeDiscord } from '../../support/discord/fake-discord.ts';
import { type Program, startScript } from '../../support/program.ts';

/** 20,000 has been tried, and takes some minutes. */
const messages = 3_000;
const channelCount = 50;
const secret = 'meet me at the lighthouse';

type Server = Awaited<ReturnType<typeof startEmbeddedPostgres>>;

let discord: FakeDiscord;
let dataDir: string;
let server: Server;
let bot: Program;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-storm-'));
  await chmod(dataDir, 0o755);
  server = await startServer();
  await migrate(server.connectionString);
  discord = await startFakeDiscord();
});
afterEach(async () => {
  bot.child.kill('SIGKILL');
  await bot.ended;
  await discord.stop();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function startServer(): Promise<Server> {
  return startEmbeddedPostgres({ dataDir, log: createLog('silent'), durable: false });
}

function startBot(options: { capacity?: number; heapMb?: number } = {}): Program {
  const { capacity = 10_000, heapMb = 256 } = options;
  const args = [discord.apiUrl, discord.token, server.connectionString, String(capacity)];
  return startScript('test/support/discord/activity-process.ts', args, {}, [`--max-old-space-size=${heapMb}`]);
}

async function kill(): Promise<void> {
  bot.child.kill('SIGKILL');
  await bot.ended;
  bot = startBot();
}

async function restartServer(): Promise<void> {
  await server.stop();
  server = await startServer();
}

async function ask(statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  const { rows } = await client.query(statement).finally(() => client.end());
  return rows[0];
}

const sums = `select (select count(*) from activity)::int as stored, (select sum(count) from activity_day where platform = '')::int as summed,
  (select sum(messages) from activity_hour)::int as hourly`;

async function untilAllAreCounted(count: number): Promise<void> {
  const expected = { stored: count, summed: count, hourly: count };
  await vi.waitFor(async () => expect(await ask(sums)).toEqual(expected), { timeout: 120_000, interval: 250 });
}

/** Some of the messages, in channels and by people at random. */
function chatter(channels: readonly FakeChannel[], count: number): void {
  for (let i = 0; i < count; i += 1) {
    const channel = channels[Math.floor(Math.random() * channels.length)];
    const content = `${secret} ${i % 3 === 0 ? `<@${discord.applicationId}>` : ''}`;
    if (channel !== undefined) discord.chat.say(channel, String(1 + Math.floor(Math.random() * 200)), { content });
  }
}

async function untilConnected(): Promise<void> {
  await vi.waitFor(() => expect(discord.gateway.connected).toBe(1), { timeout: 30_000 });
}

describe('a message', () => {
  it('is counted once, whatever is cut, killed or restarted meanwhile', { timeout: 600_000 }, async () => {
    const { chat, gateway, guildId, rest } = discord;
    const channels = Array.from({ length: channelCount }, () => chat.add(guildId));
    rest.faults.add({ on: /messages$/, status: 429, retryAfterS: 0.2, times: 20 });
    bot = startBot();
    const cut = async () => gateway.cut();
    const loseSession = async () => gateway.invalidateSessions();
    const events = [cut, kill, cut, cut, loseSession, restartServer, cut, cut, kill, cut, loseSession, cut, kill, cut];
    const part = messages / (2 * events.length + 2);
    let said = 0;
    const saySome = (share: number) => {
      const count = Math.round(share * part) - said;
      chatter(channels, count);
      said += count;
    };
    for (const [i, happen] of events.entries()) {
      saySome(2 * i + 1);
      await untilConnected();
      saySome(2 * i + 2);
      await happen();
    }
    saySome(2 * events.length + 2);
    await untilAllAreCounted(messages);
    expect(gateway.resumes.length).toBeGreaterThan(3);
    expect(said).toBe(messages);
  });

  it('waits for a slow database in bounded memory', { timeout: 240_000 }, async () => {
    const channels = Array.from({ length: channelCount }, () => discord.chat.add(discord.guildId));
    bot = startBot({ capacity: 100, heapMb: 64 });
    await bot.until('listening');
    const blocker = new pg.Client({ connectionString: server.connectionString });
    await blocker.connect();
    const key = `hashtextextended('${company}', 1)`;
    for (let i = 0; i < 4; i += 1) {
      await blocker.query(`select pg_advisory_lock(${key})`);
      chatter(channels, messages / 4);
      await sleep(500);
      await blocker.query(`select pg_advisory_unlock(${key})`);
    }
    await blocker.end();
    await untilAllAreCounted(messages);
    expect(bot.child.exitCode).toBeNull();
  });

  it('leaves no trace of its text in the database, the log or what is sent', { timeout: 60_000 }, async () => {
    const channel = discord.chat.add(discord.guildId);
    chatter([channel], 150);
    bot = startBot();
    await bot.until('listening');
    chatter([channel], 150);
    await untilAllAreCounted(300);
    bot.child.kill('SIGTERM');
    await bot.until('stopped');
    expect(bot.stdout()).toContain('listening');
    expect(`${bot.stdout()}${bot.stderr()}`).not.toContain(secret);
    expect(JSON.stringify(discord.rest.seen)).not.toContain(secret);
    expect(await wholeDatabase()).not.toContain(secret);
  });
});

/** Every row of every table as text. */
async function wholeDatabase(): Promise<string> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ text: string }>(`select row_to_json(t)::text as text from "${name}" t`);
    texts.push(...rows.map(({ text }) => text));
  }
  await client.end();
  expect(texts.length).toBeGreaterThan(300);
  return texts.join('\n');
}
