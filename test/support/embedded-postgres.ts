import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect } from 'vitest';
import { commandLine } from '../../src/store/embedded/process-table.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

const holdPostgres = fileURLToPath(new URL('hold-postgres.ts', import.meta.url));

export const isRoot = process.getuid?.() === 0;

type Sandbox = {
  dataDir: string;
  pgData: string;
  readonly children: ChildProcess[];
  readonly servers: EmbeddedPostgres[];
  start(dataDir?: string, durable?: boolean): Promise<EmbeddedPostgres>;
  hold(): Promise<ChildProcess>;
};

/** A data folder for each test of a file; all that was started on it is gone after the test, whatever happened. */
export function useSandbox(): Sandbox {
  const box: Sandbox = {
    dataDir: '',
    pgData: '',
    children: [] as ChildProcess[],
    servers: [] as EmbeddedPostgres[],
    start: async (dataDir = box.dataDir, durable = false) => {
      const server = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }), durable });
      box.servers.push(server);
      return server;
    },
    hold: () => hold(box.dataDir, box.children),
  };

  beforeEach(async () => {
    // Mode 0700: as root, the account of the server may not enter it.
    box.dataDir = await realpath(await mkdtemp(join(tmpdir(), 'tidewatch-test-')));
    box.pgData = join(box.dataDir, 'postgres');
  });

  afterEach(async () => {
    for (const child of box.children.splice(0)) child.kill('SIGKILL');
    for (const server of box.servers.splice(0)) await server.stop();
    const pid = await findPid(box.pgData);
    if (pid !== null) process.kill(pid, 'SIGKILL');
    await rm(box.dataDir, { recursive: true, force: true });
  });

  return box;
}

/** A process that uses the same server, in a process group of its own as a terminal would give it. */
async function hold(dataDir: string, children: ChildProcess[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', holdPostgres, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  children.push(child);
  expect(await says(child)).toBe('ready\n');
  return child;
}

export async function says(child: ChildProcess): Promise<string> {
  const [chunk] = child.stdout ? await once(child.stdout, 'data') : [];
  return String(chunk);
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

export async function query(server: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.connectionString, query_timeout: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' }).finally(() => client.end());
  return rows[0]?.[0];
}

/** Differs from one start of the server to the next. */
export function startTime(server: EmbeddedPostgres): Promise<unknown> {
  return query(server, 'SELECT pg_postmaster_start_time()::text');
}

/** The server's process, of those that run. */
export async function pidIn(pgData: string): Promise<number> {
  const pid = await findPid(pgData);
  if (pid === null) throw new Error('no server runs');
  return pid;
}

async function findPid(pgData: string): Promise<number | null> {
  const pid = Number.parseInt(await readFile(join(pgData, 'postmaster.pid'), 'utf8').catch(() => ''), 10);
  return pid > 0 && (await runs(pid)) ? pid : null;
}

export async function runs(pid: number): Promise<boolean> {
  return (await commandLine(pid)) !== '';
}

export async function killServer(pgData: string): Promise<void> {
  const pid = await pidIn(pgData);
  process.kill(pid, 'SIGKILL');
  while (await runs(pid)) await sleep(10);
}
