import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';

export const templateDatabase = 'tidewatch_template';

export type TestDatabase = {
  readonly connectionString: string;
  readonly database: Database;
  drop(): Promise<void>;
};

/** An empty database with every migration applied, for one test file alone. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${templateDatabase} OWNER tidewatch`);
  const connectionString = withDatabase(inject('postgres').replace('//postgres@', '//tidewatch@'), name);
  const database = await openDatabase({ connectionString, log: pino({ level: 'silent' }) });
  return {
    connectionString,
    database,
    drop: async () => {
      await database.stop();
      await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Runs one statement on the run's Postgres as its superuser. */
export async function asSuperuser(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgres') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

export function withDatabase(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${name}`;
  return url.href;
}
