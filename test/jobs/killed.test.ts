import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const companies = 50;
const days = 10;
const dayMs = 24 * 60 * 60 * 1000;
const begin = Date.UTC(2026, 10, 1, 12);
const program = join(import.meta.dirname, '../support/job-process.ts');

let db: TestDatabase;
let kills = 0;
const living = new Set<ChildProcess>();

beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.pool.query(
    `create table test_clock (now bigint);
     create table test_written (company_id text, slot text);
     insert into guild_link select n::text, 'biz_' || n, '7', now() from generate_series(1, ${companies}) n`,
  );
});
afterAll(async () => {
  await Promise.all([...living].map(end));
  await db.drop();
});

/** A process that is killed in the middle of one of the runs that it begins, and replaced. */
function start(): void {
  const child = fork(program, [db.connectionString], { execArgv: ['--import', 'tsx'] });
  living.add(child);
  let left = 10 + Math.floor(Math.random() * 50);
  child.on('message', () => {
    left -= 1;
    if (left !== 0 || !living.delete(child)) return;
    kills += 1;
    child.kill('SIGKILL');
    start();
  });
}

async function end(child: ChildProcess): Promise<void> {
  living.delete(child);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function untilWritten(count: number): Promise<void> {
  for (;;) {
    const { rows } = await db.database.pool.query<{ done: number }>(
      `select count(*)::int as done from job_run where status = 'done'`,
    );
    if ((rows[0]?.done ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('three processes that are killed again and again', () => {
  it('miss no slot of 500 and double none', async () => {
    const { pool } = db.database;
    await pool.query('insert into test_clock values ($1)', [begin]);
    for (let n = 0; n < 3; n += 1) start();
    for (let day = 0; day < days; day += 1) {
      await pool.query('update test_clock set now = $1', [begin + day * dayMs]);
      await untilWritten((day + 1) * companies);
    }
    const { rows } = await pool.query<{ slots: number; rows: number; attempts: number }>(
      `select (select count(distinct (company_id, slot))::int from test_written) as slots,
         (select count(*)::int from test_written) as rows, sum(attempt)::int as attempts from job_run`,
    );
    expect(rows).toMatchObject([{ slots: companies * days, rows: companies * days }]);
    expect(kills).toBeGreaterThan(4);
    expect(rows[0]?.attempts).toBeGreaterThan(companies * days);
  }, 60_000);
});
