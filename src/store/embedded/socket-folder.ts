import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../domain/user-error.ts';
import type { Ids } from './run-as.ts';

export const socketPort = 5432;

/** The shortest limit of a socket's path among our systems: macOS allows 103 bytes, Linux 107. */
const longestSocketPath = 103;

/**
 * Where the socket is: in the data folder, which Postgres keeps to its own account, or, where that path is too long for
 * a socket, in a folder under /tmp. Not under TMPDIR: each process on the same data must find the same folder.
 */
export function socketFolder(pgData: string): string {
  const socket = join(pgData, `.s.PGSQL.${socketPort}`);
  if (Buffer.byteLength(socket) <= longestSocketPath) return pgData;
  return `/tmp/tidewatch-${createHash('sha256').update(pgData).digest('hex').slice(0, 24)}`;
}

/** Makes the folder under /tmp, or makes sure that the one found there is ours and closed to others. */
export async function claimSocketFolder(folder: string, ids: Ids | undefined): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const self = process.getuid?.();
  const found = await lstat(folder);
  const ours = found.uid === self || found.uid === ids?.uid;
  if (!found.isDirectory() || !ours || (found.mode & 0o077) !== 0) {
    throw new UserError(`${folder} isn't Tidewatch's own closed folder: remove it, or choose a shorter DATA_DIR`);
  }
  if (ids && found.uid !== ids.uid) await chown(folder, ids.uid, ids.gid);
}
