import { readMigrationState } from '../store/migrate.ts';
import { readServerVersion } from '../store/server-version.ts';
import { type Check, ok, problem, skipped } from './check.ts';
import type { Starting } from './patient.ts';

export const databaseCheck: Check<Starting> = {
  name: 'Database',
  needs: ['Settings'],
  run: async (patient) => {
    const { databaseUrl, dataDir } = patient.config();
    const version = await readServerVersion((await patient.database()).pool);
    return ok(`Postgres ${version} is reached, ${databaseUrl === null ? `embedded under ${dataDir}` : 'DATABASE_URL'}`);
  },
};

export const migrationsCheck: Check<Starting> = {
  name: 'Migrations',
  needs: ['Database'],
  run: async (patient) => {
    const { pending, unknown, applied } = await readMigrationState((await patient.database()).pool);
    if (unknown.length > 0) {
      const what = `a newer version of Tidewatch was here (${unknown.join(', ')})`;
      return problem(what, 'install that version, or restore a backup from before it');
    }
    if (pending.length === 0) return ok(`all ${applied} are in place`);
    if (applied === 0) return skipped('the database is empty, and the next start makes its tables');
    return problem(`${pending.length} are missing`, 'start the bot with this version, or run cli migrate');
  },
};
