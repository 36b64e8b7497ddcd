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
export async function openStore({ databaseUrl, dataDir }: StoreSettings, log: Log): Promise<Database> {
  const server = databaseUrl === null ? await startEmbeddedPostgres({ dataDir, log }) : null;
  try {
    const connectionString = server?.connectionString ?? databaseUrl ?? '';
    const database = await openDatabase({ connectionString, log });
    const applied = await migrate(connectionString);
    if (applied.length > 0) log.info({ applied }, 'migrations applied');
    return { ...database, stop: () => database.stop().finally(() => server?.stop()) };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}
