import type { ChildProcess } from 'node:child_process';
import { open, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { commandLine, isAlive } from './process-table.ts';
import { type RunAs, spawnAs } from './run-as.ts';
import { claimSocketFolder, socketPort } from './socket-folder.ts';

/** Everything that starting, finding and stopping the server of one data folder takes. */
export type Server = {
  readonly pgData: string;
  readonly socketDir: string;
  readonly logFile: string;
  readonly binaries: Binaries;
  readonly runAs: RunAs;
  readonly durable: boolean;
};

/** After which a log that was left by earlier starts is begun anew. */
const longestLogBytes = 1_000_000;

const fastShutdownMs = 6_000;
const immediateShutdownMs = 2_000;
const pollMs = 30;

const settings = {
  // Nothing on the network; the socket's folder lets in the server's account alone.
  listen_addresses: '',
  port: String(socketPort),
  unix_socket_permissions: '0700',
  cluster_name: 'tidewatch',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A small machine, which the bot and its database share.
  shared_buffers: '64MB',
  max_connections: '100',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
  jit: 'off',
  // Parallel queries share memory through /dev/shm, of which containers have little.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  // Starts, stops and what kills the server; a failed statement is for the bot to log, and may hold what nobody should read.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

const notDurable = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts a server, which gives up by itself where one runs on the same data already. It gets a session of its own, so
 * that Ctrl-C in the bot's terminal doesn't reach it before the bot has written what it holds.
 */
export async function launch(server: Server): Promise<ChildProcess> {
  const { pgData, socketDir, runAs, binaries, durable } = server;
  if (socketDir !== pgData) await claimSocketFolder(socketDir, runAs.ids);
  await removeStalePidFile(pgData);
  const chosen = {
    ...settings,
    ...(durable ? {} : notDurable),
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
  };
  const args = ['-D', pgData, ...Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const log = await openLog(server.logFile);
  try {
    const child = spawnAs(runAs, binaries.postgres, args, { stdio: ['ignore', log.fd, log.fd], detached: true });
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

/** The process id of the server that runs on this data, whoever started it. */
export async function runningPid(pgData: string): Promise<number | null> {
  const pid = await recordedPid(pgData);
  return pid !== null && (await isServer(pid, pgData)) ? pid : null;
}

/** Disconnects everyone and stops; returns when the server is gone. */
export async function shutDown({ pgData, socketDir }: Server): Promise<void> {
  const pid = await runningPid(pgData);
  if (pid !== null) {
    process.kill(pid, 'SIGINT');
    if (!(await isGone(pid, pgData, fastShutdownMs))) {
      // Postgres calls this the immediate shutdown: nothing committed is lost, the next start only takes longer.
      process.kill(pid, 'SIGQUIT');
      await isGone(pid, pgData, immediateShutdownMs);
    }
  }
  if (socketDir !== pgData) await rmdir(socketDir).catch(() => undefined);
}

/** The last line in which the server said why it didn't start. */
export async function lastComplaint(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|error/.test(line)) ?? lines.at(-1) ?? '';
}

async function isServer(pid: number, pgData: string): Promise<boolean> {
  return (await commandLine(pid)).includes(` -D ${pgData} `);
}

async function isGone(pid: number, pgData: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (await isServer(pid, pgData)) {
    if (performance.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}

async function recordedPid(pgData: string): Promise<number | null> {
  const text = await readFile(pidFile(pgData), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : null;
}

/**
 * After a crash the file may name a process that has nothing to do with Postgres but got the same number; Postgres
 * then refuses to start. Should two starts both remove it, shared memory still keeps a second server off the data.
 */
async function removeStalePidFile(pgData: string): Promise<void> {
  const pid = await recordedPid(pgData);
  if (pid === null || !isAlive(pid) || (await runningPid(pgData)) !== null) return;
  if ((await recordedPid(pgData)) === pid) await rm(pidFile(pgData), { force: true });
}

function pidFile(pgData: string): string {
  return join(pgData, 'postmaster.pid');
}

async function openLog(file: string) {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  return open(file, size > longestLogBytes ? 'w' : 'a', 0o600);
}
