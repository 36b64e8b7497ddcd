import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/user-error.ts';
import { socketFolder } from '../../../src/store/embedded/socket-folder.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/store/embedded-postgres.ts';
import { isRoot, pidIn, query, runs, useSandbox } from '../../support/embedded-postgres.ts';

const box = useSandbox();

describe('the embedded Postgres', () => {
  it('starts on a fresh folder in 10 s, again in 3 s, keeps what was written, and stops without a trace', async () => {
    let from = performance.now();
    const first = await box.start(box.dataDir, true);
    expect(performance.now() - from).toBeLessThan(10_000);
    await query(first, 'CREATE TABLE kept AS SELECT 7 AS seven');
    const pid = await pidIn(box.pgData);
    from = performance.now();
    await first.stop();
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(await runs(pid)).toBe(false);
    expect((await readdir(box.pgData)).filter((name) => /pid|PGSQL/.test(name))).toEqual([]);

    from = performance.now();
    const second = await box.start(box.dataDir, true);
    expect(performance.now() - from).toBeLessThan(3_000);
    expect(await query(second, 'SELECT seven FROM kept')).toBe(7);
    expect(await query(second, 'SHOW fsync')).toBe('on');
  });

  it.runIf(isRoot)('runs as another account even where that may not enter the folders above', async () => {
    expect((await stat(box.dataDir)).mode & 0o077).toBe(0);
    await box.start();
    expect((await stat(box.pgData)).uid).not.toBe(0);
    expect((await stat(box.dataDir)).mode & 0o077).toBe(0);
  });

  it('takes folders with names that need quoting', async () => {
    const server = await box.start(join(box.dataDir, `it's "a", b=c`));
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

describe('a path too long for a socket', () => {
  const long = () => join(box.dataDir, 'a'.repeat(60), 'b'.repeat(60));

  it('has the socket in a closed folder of its own, which goes when the server stops', async () => {
    const server = await box.start(long());
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
    await expect(box.start(long())).rejects.toThrow(UserError);
    await rm(folder, { recursive: true });
  });

  it('begins where 103 bytes end', () => {
    const fits = `/${'d'.repeat(103 - '/.s.PGSQL.5432'.length - 1)}`;
    expect(socketFolder(fits)).toBe(fits);
    expect(socketFolder(`${fits}d`)).toMatch(/^\/tmp\//);
  });
});
