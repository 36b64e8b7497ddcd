import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Snapshot, version } from '../../src/domain/facts.ts';
import { createIngest, type Ingest } from '../../src/ingest/ingest.ts';
import {
  type BackfillProgress,
  forgetBackfillProgress,
  readBackfillProgress,
} from '../../src/store/backfill-progress.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { companyDefaults } from '../support/facts.ts';
import { companyId, noon } from '../support/whop/sketch.ts';
import { readTable } from '../support/whop/tables.ts';

let testDatabase: TestDatabase;
let ingest: Ingest;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  ingest = createIngest({
    pool: testDatabase.database.pool,
    log: pino({ level: 'silent' }),
    settings: companyDefaults,
  });
});
afterAll(() => testDatabase.drop());

function progress(told: Partial<BackfillProgress>): BackfillProgress {
  const begun = { productId: null, cursor: 'next', rowsRead: 1, rowsUnread: 0, startedAt: noon, finishedAt: null };
  return { companyId, resource: 'plans', ...begun, ...told };
}

function plan(id: string, billingPeriodDays: number): Snapshot {
  return { kind: 'plan', companyId, id, version: version(noon, true), values: { billingPeriodDays } };
}

describe('a page of history', () => {
  it('is committed together with how far the list has been read', async () => {
    const told = progress({ cursor: 'page 2' });
    expect(await ingest.recordHistory({ rows: [[plan('plan_1', 30)]], progress: told })).toEqual(told);
    const { pool } = testDatabase.database;
    expect(await readTable(pool, 'plan')).toMatchObject([{ id: 'plan_1', billing_period_days: 30 }]);
    expect(await readBackfillProgress(pool, companyId)).toEqual([told]);
    expect(await readBackfillProgress(pool, 'biz_Other0')).toEqual([]);
  });

  it('loses only the row that Postgres refuses, and counts it', async () => {
    const rows = [[plan('plan_2', 7)], [plan('plan_3', 2 ** 40)], [plan('plan_4', 365)]];
    const told = progress({ rowsRead: 4, finishedAt: noon + 1 });
    const committed = await ingest.recordHistory({ rows, progress: told });
    expect(committed).toEqual({ ...told, rowsUnread: 1 });
    const { pool } = testDatabase.database;
    expect((await readTable(pool, 'plan')).map(({ id }) => id)).toEqual(['plan_1', 'plan_2', 'plan_4']);
    expect(await readBackfillProgress(pool, companyId)).toEqual([committed]);
  });

  it('can be asked for anew, by one company for itself', async () => {
    const { pool } = testDatabase.database;
    const other = progress({ companyId: 'biz_Other0' });
    await ingest.recordHistory({ rows: [], progress: other });
    await forgetBackfillProgress(pool, companyId);
    expect(await readBackfillProgress(pool, companyId)).toEqual([]);
    expect(await readBackfillProgress(pool, 'biz_Other0')).toEqual([other]);
  });
});
