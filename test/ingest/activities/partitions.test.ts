import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextMonth } from '../../../src/domain/calendar.ts';
import { commitActivities } from '../../../src/ingest/activities/commit-activities.ts';
import {
  dropPartitions,
  isKept,
  keepMonths,
  makePartitions,
  monthOfInstant,
} from '../../../src/ingest/activities/partitions.ts';
import { activity, rollupsOf } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, companyDefaults } from '../../support/facts.ts';

const dayMs = 24 * 60 * 60 * 1000;

describe('months of activities', () => {
  let testDatabase: TestDatabase;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
  });
  afterAll(() => testDatabase.drop());

  it('are made by several processes at once', async () => {
    const { pool } = testDatabase.database;
    await Promise.all(Array.from({ length: 5 }, () => makePartitions(pool, ['2026-01', '2026-02'])));
    expect(await dropPartitions(pool, at('2026-03-01T00:00:00Z'), 1)).toEqual(['2026-01']);
    expect(await dropPartitions(pool, at('2026-03-02T00:00:00Z'), 1)).toEqual(['2026-02']);
  });

  it('are made while others write, and wait for nobody', async () => {
    const { pool } = testDatabase.database;
    const writer = await pool.connect();
    await writer.query('begin');
    await writer.query('lock table activity in row exclusive mode');
    await makePartitions(pool, ['2025-01', '2025-02']).finally(() => writer.query('rollback'));
    writer.release();
    expect(await dropPartitions(pool, at('2025-04-01T00:00:00Z'), 1)).toEqual(['2025-01', '2025-02']);
  });

  it('are dropped once all of them is older than what is kept, and leave their sums', async () => {
    const { pool } = testDatabase.database;
    const parts = { pool, settings: companyDefaults, activityRetentionDays: 31 };
    const activities = [activity({ id: '1', at: at('2026-04-30T12:00:00Z') }), activity({ id: '2' })];
    await commitActivities(parts, { companyId: 'biz_1', platform: 'discord', activities }, at('2026-06-15T12:00:00Z'));
    const kept = await rollupsOf(testDatabase.database);
    expect(kept.filter((line) => /^day .* discord /.test(line))).toHaveLength(1);
    const now = at('2026-07-31T23:59:59Z');
    expect(await dropPartitions(pool, now, 31)).toEqual([]);
    expect(await dropPartitions(pool, now + 1000, 31)).toEqual(['2026-06']);
    expect(await rollupsOf(testDatabase.database)).toEqual(kept);
  });

  it('are all there before anything happens in them, whenever in a month they were looked after', async () => {
    const { pool } = testDatabase.database;
    const countMonths = async () =>
      (await pool.query(`select from pg_partition_tree('activity') where level = 1`)).rowCount;
    const [start, end] = [at('2027-01-01T00:00:00Z'), at('2030-01-01T00:00:00Z')];
    const lookedAfter = fc.integer({ min: start, max: end - 1 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(lookedAfter, share, fc.integer({ min: 0, max: 2 * dayMs - 1 }), async (then, later, aheadMs) => {
        await dropPartitions(pool, at('2040-01-01T00:00:00Z'), 0);
        await keepMonths(pool, then, 400);
        const before = await countMonths();
        const monthEnd = at(`${nextMonth(monthOfInstant(then))}-01T00:00:00Z`);
        const now = then + Math.floor(later * (monthEnd - 1 - then));
        const activities = [activity({ id: '9', at: now + aheadMs })];
        const parts = { pool, settings: companyDefaults };
        expect(await commitActivities(parts, { companyId: 'biz_9', platform: 'discord', activities }, now)).toBe(1);
        expect(await countMonths()).toBe(before);
      }),
      { numRuns: 25, examples: [[at('2027-12-31T23:59:00Z'), 1, 2 * dayMs - 1]] },
    );
  });

  it('are kept while any of them is young enough, and up to two days ahead of our clock', () => {
    const now = at('2026-06-15T00:00:00Z');
    expect(isKept(at('2026-04-01T00:00:00Z'), now, 45)).toBe(false);
    expect(isKept(at('2026-04-01T00:00:00Z'), now, 46)).toBe(true);
    expect(isKept(at('2026-05-01T00:00:00Z'), now, 45)).toBe(true);
    expect(isKept(at('2026-06-16T23:59:59Z'), now, 45)).toBe(true);
    expect(isKept(at('2026-06-17T00:00:00Z'), now, 45)).toBe(false);
  });
});
