import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../domain/user-error.ts';
import type { Binaries } from './binaries.ts';
import { type Ids, type RunAs, run } from './run-as.ts';

/** The release of the embedded Postgres; the files of another are of no use to it. */
const majorVersion = '18';

const abandonedAfterMs = 10 * 60_000;

/** Whom the data of an earlier start belongs to; undefined where there is none yet. */
export async function clusterOwner(pgData: string): Promise<Ids | undefined> {
  const found = await stat(pgData).catch(ignoreMissing);
  if (found === undefined) return undefined;
  const self = process.getuid?.();
  if (found.uid === 0) {
    throw new UserError(
      `${pgData} belongs to root, as whom Postgres can't run: give it to another account with chown -R`,
    );
  }
  if (self !== 0 && self !== found.uid) {
    throw new UserError(
      `${pgData} belongs to another user (uid ${found.uid}): start Tidewatch as that user, or choose another DATA_DIR`,
    );
  }
  return { uid: found.uid, gid: found.gid };
}

/**
 * Makes the data folder where there is none. It is made beside its place and moved there when it is whole, so that a
 * start that was killed leaves nothing that a later one could take for data; of two at once, one moves first.
 */
export async function ensureCluster(
  pgData: string,
  runAs: RunAs,
  { initdb }: Binaries,
  durable: boolean,
): Promise<void> {
  await removeAbandoned(pgData);
  if (await isCluster(pgData)) return;
  const staging = await mkdtemp(`${pgData}.init-`);
  try {
    if (runAs.ids) await chown(staging, runAs.ids.uid, runAs.ids.gid);
    await initialise(staging, runAs, initdb, durable);
    await rename(staging, pgData);
    await sync(dirname(pgData));
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!(await isCluster(pgData))) throw error;
  }
}

async function isCluster(pgData: string): Promise<boolean> {
  const version = (await readFile(join(pgData, 'PG_VERSION'), 'utf8').catch(ignoreMissing))?.trim();
  if (version === majorVersion) return true;
  if (version !== undefined) {
    throw new UserError(
      `${pgData} was made by Postgres ${version}, the embedded one is ${majorVersion}: dump it with the former, ` +
        'or set DATABASE_URL',
    );
  }
  const files = await readdir(pgData).catch(ignoreMissing);
  if (files === undefined || files.length === 0) return false;
  throw new UserError(`${pgData} holds files but no Postgres data: move it away, or choose another DATA_DIR`);
}

async function initialise(folder: string, runAs: RunAs, initdb: string, durable: boolean): Promise<void> {
  const { code, output } = await run(runAs, initdb, [
    `--pgdata=${folder}`,
    '--username=postgres',
    // The folder of the socket lets nobody else in.
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]);
  if (code !== 0) {
    const reason = output.trim().split('\n').at(-1);
    throw new UserError(`The embedded Postgres could not prepare ${dirname(folder)}: ${reason}`);
  }
}

async function removeAbandoned(pgData: string): Promise<void> {
  const parent = dirname(pgData);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(pgData)}.init-`)) continue;
    const found = await stat(join(parent, name)).catch(ignoreMissing);
    if (found === undefined || Date.now() - found.mtimeMs < abandonedAfterMs) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
