import pg from 'pg';
import { socketPort } from './socket-folder.ts';

/** Held shared by each process that uses the server, alone by the one that stops it. */
const usersLock = 0x74696465;

/**
 * A session that marks this process as a user of the server. While another process stops the server, taking the lock
 * waits, and fails when the server is gone: so nobody begins to use a server that is about to stop.
 */
export async function openSession(socketDir: string): Promise<pg.Client> {
  const session = new pg.Client({
    host: socketDir,
    port: socketPort,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    application_name: 'tidewatch server',
    connectionTimeoutMillis: 5_000,
  });
  // The end of a session is noticed by its 'end'; without a listener an 'error' would end this process.
  session.on('error', () => undefined);
  try {
    await session.connect();
    await session.query('SELECT pg_advisory_lock_shared($1)', [usersLock]);
    return session;
  } catch (error) {
    await session.end().catch(() => undefined);
    throw error;
  }
}

/** Gives up the use of the server. True where no other process uses it: then it is ours to stop, and nobody can join. */
export async function leave(session: pg.Client): Promise<boolean> {
  await session.query('SELECT pg_advisory_unlock_shared($1)', [usersLock]);
  const { rows } = await session.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [usersLock]);
  return rows[0]?.last === true;
}

/** The bot's role owns its database and nothing else: not even by a fault of ours could a query read files of the machine. */
export async function ensureBotDatabase(session: pg.Client, name: string): Promise<void> {
  const { rows } = await session.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rows.length > 0) return;
  for (const statement of [`CREATE ROLE ${name} LOGIN`, `CREATE DATABASE ${name} OWNER ${name}`]) {
    await session.query(statement).catch(ignoreExisting);
  }
}

function ignoreExisting(error: unknown): void {
  // duplicate_object, duplicate_database, and the unique_violation that two at the same moment may get instead
  const codes = ['42710', '42P04', '23505'];
  if (!(error instanceof pg.DatabaseError && error.code !== undefined && codes.includes(error.code))) throw error;
}
