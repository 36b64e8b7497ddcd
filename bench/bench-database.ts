import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../src/log.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { migrate } from '../src/store/migrate.ts';

export type BenchDatabase = Database & { readonly connectionString: string };

/** How long work that is cut short may hold its connections. */
const patienceMs = 2_000;

/** A Postgres in a temporary folder, as safe and as slow with its files as in production; `stop` removes it. */
export async function openBenchDatabase(log: Log): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-bench-'));
  const stops = [() => rm(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    const server = await startEmbeddedPostgres({ dataDir, log });
    stops.push(server.stop);
    const { connectionString } = server;
    await migrate(connectionString);
    const database = await openDatabase({ connectionString, log });
    stops.push(() => Promise.race([database.stop(), sleep(patienceMs, undefined, { ref: false })]));
    return { ...database, connectionString, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
