import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../domain/user-error.ts';
import type { Binaries } from './binaries.ts';
import { type Ids, type RunAs, run } from './run-as.ts';

const execute = promisify(execFile);

const ourAccount = 'tidewatch';

/** Who runs the server: ourselves, or, where we are root, whom the data belongs to, since Postgres refuses to run as root. */
export async function chooseAccount(binaries: Binaries, dataDir: string, owner: Ids | undefined): Promise<RunAs> {
  if (process.getuid?.() !== 0) return checked({ setpriv: [] }, binaries, dataDir);
  return reachable(owner ?? (await unprivilegedAccount()), binaries, dataDir);
}

async function checked(runAs: RunAs, binaries: Binaries, dataDir: string): Promise<RunAs> {
  const problem = await tryOut(runAs, binaries, dataDir);
  if (problem === null) return runAs;
  throw new UserError(`${problem}: the embedded Postgres can't run here, set DATABASE_URL to a Postgres 14 or newer`);
}

async function unprivilegedAccount(): Promise<Ids> {
  return (
    (await idsOf('postgres')) ??
    (await idsOf(ourAccount)) ??
    (await createAccount()) ??
    (await idsOf('nobody')) ??
    Promise.reject(
      new UserError("Postgres can't run as root and no other account was found: start Tidewatch as an ordinary user"),
    )
  );
}

async function idsOf(name: string): Promise<Ids | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => execute('id', [flag, name])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
}

async function createAccount(): Promise<Ids | undefined> {
  const options = ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
  await execute('useradd', [...options, ourAccount]).catch(() => undefined);
  return idsOf(ourAccount);
}

/**
 * The account may not be let into a folder on the way to the programs or to the data, such as a clone under /root.
 * Rather than open such folders to everyone we hand the server one capability: passing folders, or, where that one is
 * withheld, as in containers, ignoring permissions.
 */
async function reachable(ids: Ids, binaries: Binaries, dataDir: string): Promise<RunAs> {
  const ways: RunAs[] = [
    { ids, setpriv: [] },
    withCapability(ids, 'dac_read_search'),
    withCapability(ids, 'dac_override'),
  ];
  for (const way of ways) {
    if ((await tryOut(way, binaries, dataDir)) === null) return way;
  }
  const closed = (await closedFolder(dirname(binaries.initdb), ids)) ?? (await closedFolder(dataDir, ids)) ?? dataDir;
  throw new UserError(
    `Postgres can't run as root, and the account with uid ${ids.uid} may not enter ${closed}: start Tidewatch as an ` +
      'ordinary user, or move what it needs (DATA_DIR, the program) to where others may enter, such as /var/lib and /opt',
  );
}

function withCapability(ids: Ids, capability: string): RunAs {
  return {
    ids,
    setpriv: [
      `--reuid=${ids.uid}`,
      `--regid=${ids.gid}`,
      '--clear-groups',
      `--inh-caps=-all,+${capability}`,
      `--ambient-caps=-all,+${capability}`,
      // Without it access(2), by which Postgres looks for its programs, leaves capabilities out.
      '--securebits=+no_setuid_fixup',
    ],
  };
}

/** Null where the account can enter the data folder and run the programs; else what the system said. */
async function tryOut(runAs: RunAs, { initdb, postgres }: Binaries, dataDir: string): Promise<string | null> {
  const script = 'cd "$1" && "$2" --version && exec "$3" --version';
  const { code, output } = await run(runAs, '/bin/sh', ['-c', script, 'sh', dataDir, initdb, postgres]);
  return code === 0 ? null : output.trim().replaceAll('\n', ' ');
}

async function closedFolder(folder: string, ids: Ids): Promise<string | undefined> {
  const parent = dirname(folder);
  const above = parent === folder ? undefined : await closedFolder(parent, ids);
  if (above !== undefined) return above;
  const { mode, uid, gid } = await stat(folder);
  const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001;
  return (mode & bit) === 0 ? folder : undefined;
}
