import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

export const migrationsDir = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

const migrationLock = 0x7469_6d69;

/** Prisma's own record, to the letter, so that its CLI can be used beside us. */
const createRecord = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

const recordMigration = `
  INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, clock_timestamp(), 1)`;

type Queryable = Pick<pg.Pool, 'query'>;

/**
 * Applies the migrations that the database lacks and returns their names. Each is applied whole or not at all, whatever
 * crashes, and by one process at a time.
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, application_name: 'tidewatch' });
  // What ends the connection also fails the statement under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const applied: string[] = [];
    for (let name = await applyNext(client); name !== undefined; name = await applyNext(client)) applied.push(name);
    return applied;
  } finally {
    await client.end();
  }
}

async function applyNext(client: pg.Client): Promise<string | undefined> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
  const [name] = await pendingMigrations(client);
  if (name !== undefined) {
    const script = await migrationScript(name);
    await client.query(createRecord);
    await client.query(script);
    await client.query(recordMigration, [randomUUID(), createHash('sha256').update(script).digest('hex'), name]);
  }
  await client.query('COMMIT');
  return name;
}

/** The names of the migrations that this version brings and the database lacks. */
export async function pendingMigrations(database: Queryable): Promise<string[]> {
  const applied = new Set(await appliedMigrations(database));
  return (await migrationNames()).filter((name) => !applied.has(name));
}

type MigrationState = {
  /** Those that this version brings and the database lacks. */
  pending: string[];
  /** Those of a version that this one doesn't know. */
  unknown: string[];
  applied: number;
};

export async function readMigrationState(database: Queryable): Promise<MigrationState> {
  const [applied, brought] = await Promise.all([appliedMigrations(database), migrationNames()]);
  return {
    pending: brought.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !brought.includes(name)),
    applied: applied.length,
  };
}

async function appliedMigrations(database: Queryable): Promise<string[]> {
  const record = await database.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  );
  if (!record.rows[0]?.exists) return [];
  const { rows } = await database.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return rows.map((row) => row.migration_name);
}

/** The migrations that this version brings, in the order in which they are applied. */
export async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function migrationScript(name: string): Promise<string> {
  return readFile(join(migrationsDir, name, 'migration.sql'), 'utf8');
}
