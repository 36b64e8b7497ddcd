import { pino } from 'pino';
import { expect, it } from 'vitest';
import { startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { createTestDatabase } from '../support/database.ts';

it('makes room for this month and the next as soon as the bot starts', async () => {
  const db = await createTestDatabase();
  const environment = { DATABASE_URL: db.connectionString, ROLES: 'jobs' };
  const app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
  await app.stop();
  const { rows } = await db.database.pool.query<{ month: string }>(
    `select right(relid::regclass::text, 7) as month from pg_partition_tree('activity') where level = 1 order by month`,
  );
  const now = new Date();
  const monthFromNow = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months)).toISOString().slice(0, 7).replace('-', '_');
  expect(rows.map(({ month }) => month)).toEqual(expect.arrayContaining([monthFromNow(0), monthFromNow(1)]));
  await db.drop();
});
