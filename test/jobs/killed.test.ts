import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type PostingServer, startPostingServer } from '../support/discord/posting-server.ts';

const companies = 50;
const days = 10;
const dayMs = 24 * 60 * 60 * 1000;
const begin = Date.UTC(2026, 10, 1, 12);

let db: TestDatabase;
let discord: PostingServer;
const kills: string[] = [];
const living = new Set<ChildProcess>();

beforeAll(async () => {
  db = await createTestDatabase();
  discord = await startPostingServer();
  await db.database.pool.query(
    `create table test_clock (now bigint);
     insert into guild_link select n::text, 'biz_' || n, '7', now() from generate_series(1, ${companies}) n`,
  );
});
afterAll(async () => {
  await Promise.all([...living].map(end));
  await discord.stop();
  await db.drop();
});

/** A process that is killed amid one of the things that it tells of, after about so many, and replaced. */
function start(program: string, about: number): void {
  const { apiUrl, token } = discord;
  const path = join(import.meta.dirname, '../support', program);
  const child = fork(path, [db.connectionString, apiUrl, token], { execArgv: ['--import', 'tsx'] });
  living.add(child);
  let left = Math.ceil(about * (0.5 + Math.random()));
  child.on('message', () => {
    left -= 1;
    if (left !== 0 || !living.delete(child)) return;
    kills.push(program);
    child.kill('SIGKILL');
    start(program, about);
  });
}

async function end(child: ChildProcess): Promise<void> {
  living.delete(child);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function until(count: number, condition: string): Promise<void> {
  for (;;) {
    const { rows } = await db.database.pool.query<{ found: number }>(`select count(*) as found from ${condition}`);
    if ((rows[0]?.found ?? 0) >= count) return;
    await delay(25);
  }
}

describe('processes that are killed again and again', () => {
  it('miss no slot of 500 and double none, and neither lose nor double a message', async () => {
    const { pool } = db.database;
    await pool.query('insert into test_clock values ($1)', [begin]);
    for (let n = 0; n < 3; n += 1) start('job-process.ts', 40);
    for (let n = 0; n < 2; n += 1) start('discord/posting-process.ts', 100);
    for (let day = 0; day < days; day += 1) {
      const [on, times] = [/POST \/channels/, 2];
      discord.rest.faults.add(
        day % 2 === 0 ? { on, times, status: 429, retryAfterS: 0.2 } : { on, times, status: 500 },
      );
      await pool.query('update test_clock set now = $1', [begin + day * dayMs]);
      await until((day + 1) * companies, `job_run where status = 'done'`);
    }
    await until(companies * days, 'outbox where message_id is not null');
    const { rows } = await pool.query<{ slots: number; attempts: number }>(
      'select count(*) as slots, sum(attempt) as attempts from job_run',
    );
    expect(rows[0]?.slots).toBe(companies * days);
    expect(kills.filter((program) => program === 'job-process.ts').length).toBeGreaterThan(4);
    expect(new Set(kills).size).toBe(2);
    expect(rows[0]?.attempts).toBeGreaterThan(companies * days);
    const posted = discord.posting.messages.map(({ content }) => content);
    expect(new Set(posted).size).toBe(companies * days);
    expect(posted).toHaveLength(companies * days);
  }, 90_000);
});
