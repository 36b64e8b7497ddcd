import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog } from '../../src/log.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';
import { templateDatabase, withDatabase } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the run's Postgres, as its superuser */
    postgres: string;
  }
}

/** One Postgres for the whole run, with a migrated database that each test file clones. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-test-'));
  // The server of a run as root belongs to another account, which should get here without help.
  await chmod(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn'), durable: false });
  const teardown = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const superuser = postgres.connectionString.replace('//tidewatch@', '//postgres@');
    await makeTemplate(superuser);
    project.provide('postgres', superuser);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}

async function makeTemplate(superuser: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuser });
  await client.connect();
  await client.query(`CREATE DATABASE ${templateDatabase} OWNER tidewatch`).finally(() => client.end());
  await migrate(withDatabase(superuser.replace('//postgres@', '//tidewatch@'), templateDatabase));
}
