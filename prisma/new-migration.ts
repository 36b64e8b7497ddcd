import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createLog } from '../src/log.ts';
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts';
import { migrate, migrationsDir } from '../src/store/migrate.ts';
import { schemaDifference } from './schema-engine.ts';

// Writes prisma/migrations/<time>_<name>/migration.sql with what schema.prisma has and the migrations lack.
// It compares them on an embedded Postgres of its own, which is gone afterwards.

async function writeMigration(name: string, connectionString: string): Promise<string> {
  await migrate(connectionString);
  const pool = new pg.Pool({ connectionString });
  const script = await schemaDifference(pool).finally(() => pool.end());
  if (script === '') return 'The migrations already make what schema.prisma describes.\n';
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = join(migrationsDir, `${time}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, 'migration.sql'), script);
  return `${script}\nWritten to ${folder}: read it, and try it on a copy of real data.\n`;
}

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('Usage: npm run migration:new -- name_of_the_change\n');
  process.exitCode = 2;
} else {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: createLog('warn'), durable: false });
  try {
    process.stdout.write(await writeMigration(name, postgres.connectionString));
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true });
  }
}
