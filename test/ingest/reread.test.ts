import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Snapshot, version } from '../../src/domain/facts.ts';
import { createIngest, type Ingest } from '../../src/ingest/ingest.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { companyDefaults } from '../support/facts.ts';
import { companyId, minuteMs, noon } from '../support/whop/sketch.ts';
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

function plan(id: string, billingPeriodDays: number, toldAt = noon): Snapshot {
  return { kind: 'plan', companyId, id, version: version(toldAt, true), values: { billingPeriodDays } };
}

function recordReread(...rows: Snapshot[][]) {
  return ingest.recordReread({ companyId, resource: 'plans', rows });
}

describe('a page that is read again', () => {
  it('counts what is new and what differs, and not what was only told again', async () => {
    expect(await recordReread([plan('plan_1', 30)], [plan('plan_2', 7)])).toEqual({ changed: 2, refused: 0 });
    const later = noon + minuteMs;
    expect(await recordReread([plan('plan_1', 30, later)], [plan('plan_2', 14, later)])).toEqual({
      changed: 1,
      refused: 0,
    });
    // What is older than what is known changes nothing.
    expect(await recordReread([plan('plan_2', 7)], [])).toEqual({ changed: 0, refused: 0 });
    expect(await recordReread()).toEqual({ changed: 0, refused: 0 });
  });

  it('loses only the row that Postgres refuses, and counts it', async () => {
    const rows = [[plan('plan_3', 7)], [plan('plan_4', 2 ** 40)], [plan('plan_5', 365)]];
    expect(await recordReread(...rows)).toEqual({ changed: 2, refused: 1 });
    const { pool } = testDatabase.database;
    expect((await readTable(pool, 'plan')).map(({ id }) => id)).toEqual(['plan_1', 'plan_2', 'plan_3', 'plan_5']);
  });
});
