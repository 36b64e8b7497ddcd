import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { pidIn, runs } from '../support/embedded-postgres.ts';
import { type Program, startNpm } from '../support/program.ts';

const timeoutMs = 120_000;

/** One for all of them: each demo begins with an empty database, and making the files takes longest. */
let dataDir: string;
const programs: Program[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-demo-'));
});
afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGTERM');
    await ended;
  }
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** What the environment says of a database must not matter. */
function startDemo(): Program {
  const env = { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/d', WHOP_COMPANY_ID: 'biz_Real' };
  const program = startNpm(['run', 'demo', '--silent', '--', dataDir], env);
  programs.push(program);
  return program;
}

describe('npm run demo', { timeout: timeoutMs }, () => {
  it.each(['Starting', ' 25 %'])('ends with 0 when it is stopped at “%s”, and leaves nothing running', async (line) => {
    const demo = startDemo();
    await demo.until(line);
    const stoppedAt = performance.now();
    demo.child.kill('SIGTERM');
    expect((await demo.ended).code).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(9000);
    expect(demo.stdout()).not.toContain('Last 30 days');
    await expect(pidIn(join(dataDir, 'postgres'))).rejects.toThrow('no server runs');
  });

  it('shows the report and the chart, stays up, and leaves nothing running after Ctrl-C', async () => {
    const demo = startDemo();
    await demo.until('until Ctrl-C');
    expect(demo.stdout()).toContain('revenue · Golden Hour Club');
    expect(demo.stdout()).toMatch(/MRR +USD \d,\d{3}\.\d\d/);
    expect(demo.stderr()).toBe('');
    const png = await readFile(join(dataDir, 'revenue.png'));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const [first] = /http:\/\/\S+/.exec(demo.stdout()) ?? [];
    expect(demo.stdout()).toContain(`Now open ${first} in a browser`);
    const [, address = ''] = /curl (\S+)/.exec(demo.stdout()) ?? [];
    expect(await (await fetch(address)).json()).toEqual({ status: 'ready' });

    const second = startDemo();
    expect((await second.ended).code).toBe(1);
    expect(second.stderr()).toBe(`A demo is running on ${dataDir} already: end that one first.\n`);

    const postgres = await pidIn(join(dataDir, 'postgres'));
    demo.child.kill('SIGINT');
    expect((await demo.ended).code).toBe(0);
    expect(await runs(postgres)).toBe(false);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });

  it('touches no database that holds more than sample data', async () => {
    const store = await openStore({ databaseUrl: null, dataDir }, pino({ level: 'silent' }));
    await store.pool.query(
      `insert into inbox (company_id, source, event_id, type, sent_at, received_at, payload)
       values ('biz_Real', 'whop', 'msg_1', 'payment.succeeded', now(), now(), '{}')`,
    );
    const demo = startDemo();
    expect((await demo.ended).code).toBe(1);
    expect(demo.stderr()).toBe(`${dataDir} holds more than sample data: give the demo another folder.\n`);
    const { rows } = await store.pool.query(`select from inbox where company_id = 'biz_Real'`);
    await store.stop();
    expect(rows).toHaveLength(1);
  });
});
