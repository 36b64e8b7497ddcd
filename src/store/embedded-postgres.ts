import type { ChildProcess } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { UserError } from '../domain/user-error.ts';
import type { Log } from '../log.ts';
import { chooseAccount } from './embedded/account.ts';
import { postgresBinaries } from './embedded/binaries.ts';
import { clusterOwner, ensureCluster } from './embedded/cluster.ts';
import { lastComplaint, launch, runningPid, type Server, shutDown } from './embedded/server.ts';
import { ensureBotDatabase, leave, openSession } from './embedded/session.ts';
import { socketFolder, socketPort } from './embedded/socket-folder.ts';
import { makeFolder } from './make-folder.ts';
import { isUnavailable } from './unavailable.ts';

export type EmbeddedPostgres = { readonly connectionString: string; stop(): Promise<void> };

type Options = {
  dataDir: string;
  log: Log;
  /** false trades the safety of the data for speed, as tests do (true) */
  durable?: boolean;
};

const startTimeoutMs = 120_000;
const mostLaunches = 5;
const pollMs = 30;
const relaunchMs = 500;
const name = 'tidewatch';

/**
 * A Postgres of our own with its data under `dataDir`, reachable only by processes of this account on this machine.
 * Processes on the same data share one server: the first starts it, the last to stop stops it, and one that was killed
 * leaves it running for the next. Throws UserError where it can't run here.
 */
export async function startEmbeddedPostgres({ dataDir, log, durable = true }: Options): Promise<EmbeddedPostgres> {
  const server = await prepare(dataDir, durable);
  const seat = await takeSeat(server, log);
  let stopped: Promise<void> | undefined;
  return {
    connectionString: connectionString(server),
    stop: () => {
      stopped ??= seat.leave();
      return stopped;
    },
  };
}

async function prepare(dataDir: string, durable: boolean): Promise<Server> {
  const folder = await dataFolder(dataDir);
  const pgData = join(folder, 'postgres');
  const binaries = await postgresBinaries();
  const runAs = await chooseAccount(binaries, folder, await clusterOwner(pgData));
  await ensureCluster(pgData, runAs, binaries, durable);
  return { pgData, socketDir: socketFolder(pgData), logFile: `${pgData}.log`, binaries, runAs, durable };
}

async function dataFolder(dataDir: string): Promise<string> {
  try {
    await makeFolder(dataDir);
    return await realpath(dataDir);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error;
    throw new UserError(`The folder ${resolve(dataDir)} can't be made (${reason}): choose another DATA_DIR`);
  }
}

function connectionString({ socketDir }: Server): string {
  return `postgresql://${name}@localhost:${socketPort}/${name}?host=${encodeURIComponent(socketDir)}&sslmode=disable`;
}

/** Keeps this process a user of the server, and brings the server back should it end before we leave. */
async function takeSeat(server: Server, log: Log): Promise<{ leave(): Promise<void> }> {
  let leaving = false;
  let session = await joinServer(server, log);
  let joining = Promise.resolve();

  const watch = () =>
    session.once('end', () => {
      joining = comeBack();
    });
  const comeBack = async () => {
    if (leaving) return;
    log.warn({ pgData: server.pgData }, 'embedded Postgres ended, joining it again');
    try {
      session = await joinServer(server, log);
      watch();
    } catch (error) {
      log.error({ err: error }, 'embedded Postgres is gone');
    }
  };

  watch();
  return {
    leave: async () => {
      leaving = true;
      await joining;
      await leaveServer(server, session, log);
    },
  };
}

async function joinServer(server: Server, log: Log): Promise<pg.Client> {
  const startedAt = performance.now();
  let launched: ChildProcess | undefined;
  let launches = 0;
  for (;;) {
    try {
      const session = await openSession(server.socketDir);
      await ensureBotDatabase(session, name);
      log.info({ ms: Math.round(performance.now() - startedAt), launches }, 'embedded Postgres joined');
      return session;
    } catch (error) {
      if (!isUnavailable(error) || performance.now() - startedAt > startTimeoutMs) throw error;
    }
    if (isRunning(launched) || (await runningPid(server.pgData)) !== null) {
      await sleep(pollMs);
    } else {
      if (launches > 0) await sleep(relaunchMs);
      if (launches === mostLaunches) throw await startFailure(server);
      launched = await launch(server);
      launches += 1;
    }
  }
}

function isRunning(child: ChildProcess | undefined): boolean {
  return child?.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function startFailure({ logFile }: Server): Promise<UserError> {
  return new UserError(`The embedded Postgres doesn't start: ${await lastComplaint(logFile)} (its log is ${logFile})`);
}

async function leaveServer(server: Server, session: pg.Client, log: Log): Promise<void> {
  const last = await leave(session).catch((error: unknown) => {
    log.warn({ err: error }, 'embedded Postgres was gone before it was left');
    return false;
  });
  if (last) await shutDown(server);
  await session.end();
}
