import type { Log } from '../log.ts';
import { type Database, openDatabase } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

export type StoreSettings = {
  /** Null: an embedded Postgres with its data under `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
};

/**
 * The database, with this version's migrations applied.
 * @throws UserError where it can't be reached, refuses us, is too old or can't run here
 */
export async function openStore(settings: StoreSettings, log: Log): Promise<Database> {
  const { connectionString, ...database } = await openServer(settings, log);
  try {
    const applied = await migrate(connectionString);
    if (applied.length > 0) log.info({ applied }, 'migrations applied');
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** The database as it is, with whatever migrations it has. @throws UserError as `openStore` does */
export async function openStoreUnchanged(settings: StoreSettings, log: Log): Promise<Database> {
  const { connectionString: _, ...database } = await openServer(settings, log);
  return database;
}

async function openServer({ databaseUrl, dataDir }: StoreSettings, log: Log) {
  const server = databaseUrl === null ? await startEmbeddedPostgres({ dataDir, log }) : null;
  try {
    const connectionString = server?.connectionString ?? databaseUrl ?? '';
    const database = await openDatabase({ connectionString, log });
    return { ...database, connectionString, stop: () => database.stop().finally(() => server?.stop()) };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}
