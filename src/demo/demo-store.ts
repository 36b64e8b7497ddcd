import pg from 'pg';
import { UserError } from '../domain/user-error.ts';
import type { Log } from '../log.ts';
import { startEmbeddedPostgres } from '../store/embedded-postgres.ts';
import { company } from './catalogue.ts';

export type DemoStore = { stop(): Promise<void> };

/** Held by the demo that uses the folder. */
const demoLock = 0x64656d6f;

/**
 * An embedded Postgres for the demo alone, emptied of what an earlier one has left. Sample data is all that it may hold, so
 * that no folder can be named by mistake and lose what is in it.
 * @throws UserError where another demo uses the folder, or something else is in it
 */
export async function openDemoStore(dataDir: string, log: Log): Promise<DemoStore> {
  const server = await startEmbeddedPostgres({ dataDir, log, durable: false });
  const session = new pg.Client({ connectionString: server.connectionString });
  session.on('error', () => undefined);
  const stop = async () => {
    await session.end().catch(() => undefined);
    await server.stop();
  };
  try {
    await session.connect();
    await empty(session, dataDir);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function empty(session: pg.Client, dataDir: string): Promise<void> {
  const lock = await session.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [demoLock]);
  if (lock.rows[0]?.free !== true) throw new UserError(`A demo is running on ${dataDir} already: end that one first.`);
  if (await holdsMore(session)) {
    throw new UserError(`${dataDir} holds more than sample data: give the demo another folder.`);
  }
  await session.query('drop schema public cascade');
  await session.query('create schema public');
}

async function holdsMore(session: pg.Client): Promise<boolean> {
  const table = await session.query<{ there: boolean }>(`select to_regclass('public.inbox') is not null as there`);
  if (table.rows[0]?.there !== true) return false;
  const others = await session.query('select from inbox where company_id <> $1 limit 1', [company.id]);
  return others.rows.length > 0;
}
