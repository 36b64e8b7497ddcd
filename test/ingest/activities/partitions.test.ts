import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitActivities } from '../../../src/ingest/activities/commit-activities.ts';
import { dropPartitions, isKept, makePartitions } from '../../../src/ingest/activities/partitions.ts';
import { activity, rollupsOf } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, companyDefaults } from '../../support/facts.ts';

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

  it('are dropped once all of them is older than what is kept, and leave their sums', async () => {
    const { pool } = testDatabase.database;
    const parts = { pool, settings: companyDefaults, activityRetentionDays: 31 };
    const activities = [activity({ id: '1', at: at('2026-04-30T12:00:00Z') }), activity({ id: '2' })];
    await commitActivities(parts, { companyId: 'biz_1', platform: 'discord', activities }, at('2026-06-15T12:00:00Z'));
    const kept = await rollupsOf(testDatabase.database);
    expect(kept.filter((line) => line.startsWith('day'))).toHaveLength(1);
    const now = at('2026-07-31T23:59:59Z');
    expect(await dropPartitions(pool, now, 31)).toEqual([]);
    expect(await dropPartitions(pool, now + 1000, 31)).toEqual(['2026-06']);
    expect(await rollupsOf(testDatabase.database)).toEqual(kept);
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
