import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  end,
  isRoot,
  killServer,
  pidIn,
  query,
  runs,
  says,
  startTime,
  useSandbox,
} from '../../support/embedded-postgres.ts';

const box = useSandbox();

describe('one server for several processes', () => {
  it('is made and started once when two come at the same moment', async () => {
    const [one, two] = await Promise.all([box.start(), box.start()]);
    expect(await startTime(one)).toBe(await startTime(two));
    expect(await readdir(box.dataDir)).toEqual(['postgres', 'postgres.log']);
  });

  it('goes on when the process that started it ends, and stops with the last', async () => {
    const child = await box.hold();
    const server = await box.start();
    const startedAt = await startTime(server);
    await end(child, 'SIGTERM');
    expect(await startTime(server)).toBe(startedAt);
    const pid = await pidIn(box.pgData);
    await server.stop();
    expect(await runs(pid)).toBe(false);
  });

  it('goes on when a process that joined later ends', async () => {
    const server = await box.start();
    const startedAt = await startTime(server);
    await end(await box.hold(), 'SIGTERM');
    expect(await startTime(server)).toBe(startedAt);
  });

  it('can be started while the last process stops it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const leaving = await box.start();
      const [, arriving] = await Promise.all([leaving.stop(), sleep(round * 4).then(() => box.start())]);
      expect(await query(arriving, 'SELECT 1')).toBe(1);
      await arriving.stop();
    }
  });

  it('is stopped once, however often it is asked', async () => {
    const server = await box.start();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
  });
});

describe('after a crash', () => {
  it('joins the server that a killed process left running', async () => {
    const child = await box.hold();
    const pid = await pidIn(box.pgData);
    await end(child, 'SIGKILL');
    expect(await runs(pid)).toBe(true);
    const server = await box.start();
    expect(await pidIn(box.pgData)).toBe(pid);
    await server.stop();
    expect(await runs(pid)).toBe(false);
  });

  it('starts again after process and server were both killed', async () => {
    const child = await box.hold();
    await end(child, 'SIGKILL');
    await killServer(box.pgData);
    expect(existsSync(join(box.pgData, 'postmaster.pid'))).toBe(true);
    expect(await query(await box.start(), 'SELECT 1')).toBe(1);
  });

  it('starts although the number of the dead server now belongs to another process', async () => {
    await (await box.start()).stop();
    const { uid, gid } = await stat(box.pgData);
    const other = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    box.children.push(other);
    await writeFile(
      join(box.pgData, 'postmaster.pid'),
      `${other.pid}\n${box.pgData}\n1700000000\n5432\n${box.pgData}\n\n`,
    );
    expect(await query(await box.start(), 'SELECT 1')).toBe(1);
    expect(other.exitCode).toBeNull();
  });

  it('brings a server back that ends under a running process', async () => {
    const server = await box.start();
    await killServer(box.pgData);
    await expect.poll(() => query(server, 'SELECT 1').catch(() => 0), { timeout: 10_000 }).toBe(1);
    const pid = await pidIn(box.pgData);
    await server.stop();
    expect(await runs(pid)).toBe(false);
  });

  it('is not misled by a first start that was killed half-way', async () => {
    const abandoned = join(box.dataDir, 'postgres.init-abc');
    await mkdir(abandoned);
    await writeFile(join(abandoned, 'PG_VERSION'), '18\n');
    await utimes(abandoned, new Date(0), new Date(0));
    expect(await query(await box.start(), 'SELECT 1')).toBe(1);
    expect(existsSync(abandoned)).toBe(false);
  });

  it('reaches the database still when Ctrl-C reaches the process', async () => {
    const child = await box.hold();
    const heard = says(child);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await heard).toBe('flushed\n');
  });
});
