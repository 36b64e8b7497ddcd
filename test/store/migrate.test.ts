import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { migrationDiagnosis, schemaDifference } from '../../prisma/schema-engine.ts';
import { migrate, migrationNames, pendingMigrations } from '../../src/store/migrate.ts';
import { asSuperuser, withDatabase } from '../support/database.ts';

describe('migrate', () => {
  let name: string;
  let connectionString: string;
  let pool: pg.Pool;

  beforeEach(async () => {
    name = `migrate_${randomUUID().replaceAll('-', '')}`;
    await asSuperuser(`CREATE DATABASE ${name} OWNER tidewatch`);
    connectionString = withDatabase(inject('postgres').replace('//postgres@', '//tidewatch@'), name);
    pool = new pg.Pool({ connectionString });
  });

  afterEach(async () => {
    await pool.end();
    await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`);
  });

  it('applies every migration to an empty database, and says which', async () => {
    const all = await migrationNames();
    expect(all.length).toBeGreaterThan(0);
    expect(await pendingMigrations(pool)).toEqual(all);
    expect(await migrate(connectionString)).toEqual(all);
    expect(await pendingMigrations(pool)).toEqual([]);
  });

  it('does nothing the second time', async () => {
    await migrate(connectionString);
    expect(await migrate(connectionString)).toEqual([]);
  });

  it('applies each migration once when two processes start at the same moment', async () => {
    const all = await migrationNames();
    const applied = await Promise.all([migrate(connectionString), migrate(connectionString)]);
    expect(applied.flat().sort()).toEqual(all);
    const { rows } = await pool.query('SELECT migration_name FROM _prisma_migrations ORDER BY 1');
    expect(rows.map((row) => row.migration_name)).toEqual(all);
  });

  it('leaves the database as it was when a migration fails, so that a later start can succeed', async () => {
    await pool.query('CREATE TYPE refund AS (in_the_way int)');
    await expect(migrate(connectionString)).rejects.toThrow(/refund/);
    const { rows } = await pool.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
    expect(rows).toEqual([{ relname: 'refund' }]);
    await pool.query('DROP TYPE refund');
    expect(await migrate(connectionString)).toEqual(await migrationNames());
  });

  it('leaves a record that the CLI of Prisma takes for its own', async () => {
    await migrate(connectionString);
    expect(await migrationDiagnosis(pool)).toEqual({
      history: null,
      failedMigrationNames: [],
      editedMigrationNames: [],
      hasMigrationsTable: true,
    });
  });

  it('makes what schema.prisma describes', async () => {
    await migrate(connectionString);
    expect(await schemaDifference(pool)).toBe('');
  });

  it('notices where a table is not what schema.prisma describes', async () => {
    await migrate(connectionString);
    await pool.query('ALTER TABLE inbox DROP COLUMN received_at');
    expect(await schemaDifference(pool)).toContain('ADD COLUMN     "received_at"');
  });
});
