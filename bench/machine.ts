import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import type { Pool } from 'pg';
import packageJson from '../package.json' with { type: 'json' };

/** What the figures were measured on, and when; one fact a line. */
export async function describeMachine(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ version: string; fsync: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync`,
  );
  const [postgres] = rows;
  return [
    `${new Date().toISOString().slice(0, 10)}, Tidewatch ${packageJson.version}`,
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `Node.js ${process.versions.node}, Postgres ${postgres?.version}, fsync ${postgres?.fsync}${await onMemory()}`,
  ];
}

const tmpfs = 0x01021994;

/** Where temporary files are kept in memory, a commit costs less than it does anywhere else. */
async function onMemory(): Promise<string> {
  const { type } = await statfs(tmpdir());
  return type === tmpfs ? ' (to memory: set TMPDIR to a folder on a disk)' : '';
}
