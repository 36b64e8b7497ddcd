import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/user-error.ts';
import { linkLibraries } from '../../src/store/embedded/binaries.ts';
import { commandLine } from '../../src/store/embedded/process-table.ts';
import { socketFolder } from '../../src/store/embedded/socket-folder.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

const isRoot = process.getuid?.() === 0;
const holdPostgres = fileURLToPath(new URL('../support/hold-postgres.ts', import.meta.url));

let dataDir: string;
let pgData: string;
let running: EmbeddedPostgres[];
let children: ChildProcess[];

beforeEach(async () => {
  // Mode 0700: as root, the account of the server may not enter it.
  dataDir = await realpath(await mkdtemp(join(tmpdir(), 'tidewatch-test-')));
  pgData = join(dataDir, 'postgres');
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of running) await server.stop();
  const pid = await findPid(pgData);
  if (pid !== null) process.kill(pid, 'SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

async function start(folder = dataDir, durable = false): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, log: pino({ level: 'silent' }), durable });
  running.push(server);
  return server;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: server.connectionString, query_timeout: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' }).finally(() => client.end());
  return rows[0]?.[0];
}

const startTime = (server: EmbeddedPostgres) => query(server, 'SELECT pg_postmaster_start_time()::text');

/** A process that uses the same server, in a process group of its own as a terminal would give it. */
async function hold(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', holdPostgres, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  children.push(child);
  expect(await says(child)).toBe('ready\n');
  return child;
}

async function says(child: ChildProcess): Promise<string> {
  const [chunk] = child.stdout ? await once(child.stdout, 'data') : [];
  return String(chunk);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function findPid(folder: string): Promise<number | null> {
  const pid = Number.parseInt(await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => ''), 10);
  return pid > 0 && (await runs(pid)) ? pid : null;
}

async function pidIn(folder: string): Promise<number> {
  const pid = await findPid(folder);
  if (pid === null) throw new Error('no server runs');
  return pid;
}

const runs = async (pid: number) => (await commandLine(pid)) !== '';

async function killServer(): Promise<void> {
  const pid = await pidIn(pgData);
  process.kill(pid, 'SIGKILL');
  while (await runs(pid)) await sleep(10);
}

describe('the embedded Postgres', () => {
  it('starts on a fresh folder in 10 s, again in 3 s, keeps what was written, and stops without a trace', async () => {
    let from = performance.now();
    const first = await start(dataDir, true);
    expect(performance.now() - from).toBeLessThan(10_000);
    await query(first, 'CREATE TABLE kept AS SELECT 7 AS seven');
    const pid = await pidIn(pgData);
    from = performance.now();
    await first.stop();
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(await runs(pid)).toBe(false);
    expect((await readdir(pgData)).filter((name) => /pid|PGSQL/.test(name))).toEqual([]);

    from = performance.now();
    const second = await start(dataDir, true);
    expect(performance.now() - from).toBeLessThan(3_000);
    expect(await query(second, 'SELECT seven FROM kept')).toBe(7);
    expect(await query(second, 'SHOW fsync')).toBe('on');
  });

  it.runIf(isRoot)('runs as another account even where that may not enter the folders above', async () => {
    expect((await stat(dataDir)).mode & 0o077).toBe(0);
    await start();
    expect((await stat(pgData)).uid).not.toBe(0);
    expect((await stat(dataDir)).mode & 0o077).toBe(0);
  });

  it('takes folders with names that need quoting', async () => {
    const server = await start(join(dataDir, `it's "a", b=c`));
    expect(await query(server, 'SELECT 1')).toBe(1);
  });
});

describe('a running server', () => {
  let folder: string;
  let shared: string;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'tidewatch-test-')));
    shared = join(folder, 'postgres');
    server = await startEmbeddedPostgres({ dataDir: folder, log: pino({ level: 'silent' }), durable: false });
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('speaks UTF-8 and UTC, and sorts by code point', async () => {
    expect(await query(server, 'SHOW server_encoding')).toBe('UTF8');
    expect(await query(server, 'SHOW TimeZone')).toBe('UTC');
    expect(await query(server, `SELECT 'Z' < 'a'`)).toBe(true);
    expect(await query(server, `SELECT upper('é')`)).toBe('É');
  });

  it('gives the bot a role that cannot read files of the machine', async () => {
    await expect(query(server, `SELECT pg_read_file('/etc/passwd')`)).rejects.toThrow('permission denied');
  });

  it('listens on a socket that only its account can reach, and on no port', async () => {
    expect(await query(server, 'SHOW listen_addresses')).toBe('');
    const found = await stat(shared);
    expect(found.mode & 0o777).toBe(0o700);
    expect(found.uid === 0).toBe(false);
    expect((await stat(join(shared, '.s.PGSQL.5432'))).mode & 0o777).toBe(0o700);
  });

  it.runIf(process.platform === 'linux')('holds no TCP socket', async () => {
    const fds = `/proc/${await pidIn(shared)}/fd`;
    const open = await Promise.all((await readdir(fds)).map((fd) => readlink(join(fds, fd)).catch(() => '')));
    const inodes = new Set(open.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
    expect(inodes.size).toBeGreaterThan(0);
    const tables = await Promise.all(
      ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
    );
    const tcp = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)[9] ?? ''));
    expect(tcp.filter((inode) => inodes.has(inode))).toEqual([]);
  });
});

describe('one server for several processes', () => {
  it('is made and started once when two come at the same moment', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(await startTime(one)).toBe(await startTime(two));
    expect(await readdir(dataDir)).toEqual(['postgres', 'postgres.log']);
  });

  it('goes on when the process that started it ends, and stops with the last', async () => {
    const child = await hold();
    const server = await start();
    const startedAt = await startTime(server);
    await end(child, 'SIGTERM');
    expect(await startTime(server)).toBe(startedAt);
    const pid = await pidIn(pgData);
    await server.stop();
    expect(await runs(pid)).toBe(false);
  });

  it('goes on when a process that joined later ends', async () => {
    const server = await start();
    const startedAt = await startTime(server);
    await end(await hold(), 'SIGTERM');
    expect(await startTime(server)).toBe(startedAt);
  });

  it('can be started while the last process stops it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const leaving = await start();
      const [, arriving] = await Promise.all([leaving.stop(), sleep(round * 4).then(() => start())]);
      expect(await query(arriving, 'SELECT 1')).toBe(1);
      await arriving.stop();
    }
  });

  it('is stopped once, however often it is asked', async () => {
    const server = await start();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
  });
});

describe('after a crash', () => {
  it('joins the server that a killed process left running', async () => {
    const child = await hold();
    const pid = await pidIn(pgData);
    await end(child, 'SIGKILL');
    expect(await runs(pid)).toBe(true);
    const server = await start();
    expect(await pidIn(pgData)).toBe(pid);
    await server.stop();
    expect(await runs(pid)).toBe(false);
  });

  it('starts again after process and server were both killed', async () => {
    const child = await hold();
    await end(child, 'SIGKILL');
    await killServer();
    expect(existsSync(join(pgData, 'postmaster.pid'))).toBe(true);
    expect(await query(await start(), 'SELECT 1')).toBe(1);
  });

  it('starts although the number of the dead server now belongs to another process', async () => {
    await (await start()).stop();
    const { uid, gid } = await stat(pgData);
    const other = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    children.push(other);
    await writeFile(join(pgData, 'postmaster.pid'), `${other.pid}\n${pgData}\n1700000000\n5432\n${pgData}\n\n`);
    expect(await query(await start(), 'SELECT 1')).toBe(1);
    expect(other.exitCode).toBeNull();
  });

  it('brings a server back that ends under a running process', async () => {
    const server = await start();
    await killServer();
    await expect.poll(() => query(server, 'SELECT 1').catch(() => 0), { timeout: 10_000 }).toBe(1);
    const pid = await pidIn(pgData);
    await server.stop();
    expect(await runs(pid)).toBe(false);
  });

  it('is not misled by a first start that was killed half-way', async () => {
    const abandoned = join(dataDir, 'postgres.init-abc');
    await mkdir(abandoned);
    await writeFile(join(abandoned, 'PG_VERSION'), '18\n');
    await utimes(abandoned, new Date(0), new Date(0));
    expect(await query(await start(), 'SELECT 1')).toBe(1);
    expect(existsSync(abandoned)).toBe(false);
  });

  it('reaches the database still when Ctrl-C reaches the process', async () => {
    const child = await hold();
    const heard = says(child);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await heard).toBe('flushed\n');
  });
});

describe('a path too long for a socket', () => {
  const long = () => join(dataDir, 'a'.repeat(60), 'b'.repeat(60));

  it('has the socket in a closed folder of its own, which goes when the server stops', async () => {
    const server = await start(long());
    const folder = socketFolder(join(long(), 'postgres'));
    expect(folder).toMatch(/^\/tmp\/tidewatch-[0-9a-f]{24}$/);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await query(server, 'SELECT 1')).toBe(1);
    await server.stop();
    expect(existsSync(folder)).toBe(false);
  });

  it('does not use a folder that someone else has left open there', async () => {
    const folder = socketFolder(join(long(), 'postgres'));
    await mkdir(folder, { mode: 0o755 });
    await expect(start(long())).rejects.toThrow(UserError);
    await rm(folder, { recursive: true });
  });

  it('begins where 103 bytes end', () => {
    const fits = `/${'d'.repeat(103 - '/.s.PGSQL.5432'.length - 1)}`;
    expect(socketFolder(fits)).toBe(fits);
    expect(socketFolder(`${fits}d`)).toMatch(/^\/tmp\//);
  });
});

describe('what only a person can mend', () => {
  it('is a folder with other files in it', async () => {
    await mkdir(pgData);
    await writeFile(join(pgData, 'notes.txt'), '');
    await expect(start()).rejects.toThrow(UserError);
    expect(await readdir(pgData)).toEqual(['notes.txt']);
  });

  it('is data of another release', async () => {
    await (await start()).stop();
    await writeFile(join(pgData, 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/was made by Postgres 17, the embedded one is 18/);
  });

  it('is a place where no folder can be made', async () => {
    await expect(start('/dev/null/data')).rejects.toThrow(/\/dev\/null\/data can't be made \(ENOTDIR\)/);
  });

  it.runIf(isRoot)('is data that belongs to root', async () => {
    await mkdir(pgData);
    await expect(start()).rejects.toThrow(/belongs to root/);
  });

  it('is a server that does not start, whose last words are told', async () => {
    await (await start()).stop();
    await rm(join(pgData, 'global'), { recursive: true });
    await expect(start()).rejects.toThrow(/doesn't start: .*(global|PANIC|FATAL).*postgres\.log/);
  });
});

describe('linkLibraries', () => {
  it('makes what the install script would have made, once', async () => {
    await mkdir(join(dataDir, 'native', 'lib'), { recursive: true });
    const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
    await writeFile(join(dataDir, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await linkLibraries(dataDir);
    await linkLibraries(dataDir);
    expect(await readlink(join(dataDir, 'native', 'lib', 'libx.so.1'))).toBe('libx.so.1.2');
  });

  it('says what to run where it cannot', async () => {
    await mkdir(join(dataDir, 'native'));
    const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
    await writeFile(join(dataDir, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await expect(linkLibraries(dataDir)).rejects.toThrow(`cd ${dataDir} && node scripts/hydrate-symlinks.js`);
  });
});
