import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/domain/activity.ts';
import { groupBy } from '../../../src/domain/group-by.ts';
import { commitActivities } from '../../../src/ingest/activities/commit-activities.ts';
import { changeSettings } from '../../../src/ingest/change-settings.ts';
import { rebuildCompany } from '../../../src/ingest/rebuild.ts';
import { readKindsByDay } from '../../../src/store/activity-days.ts';
import { activity, emptyActivities, recount, rollupsOf, someActivities } from '../../support/activities.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, companyDefaults } from '../../support/facts.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const now = at('2026-06-15T12:00:00Z');

describe('sums of activities', () => {
  let testDatabase: TestDatabase;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
  });
  afterAll(() => testDatabase.drop());
  beforeEach(() => emptyActivities(testDatabase.database));

  function record(some: readonly Activity[], timeZone = 'UTC'): Promise<number[]> {
    const parts = { pool: testDatabase.database.pool, settings: { ...companyDefaults, timeZone } };
    const groups = groupBy(some, ({ companyId, platform }) => `${companyId} ${platform}`);
    return Promise.all(
      [...groups.values()].map((activities) => {
        const [{ companyId, platform } = activity({ id: '' })] = activities;
        return commitActivities(parts, { companyId, platform, activities }, now);
      }),
    );
  }

  it('are those of the activities, whatever the order, the repetition and the batches that they came in', async () => {
    const cases = fc.tuple(someActivities, fc.constantFrom(...zones), fc.integer({ min: 1, max: 20 }), fc.nat());
    await fc.assert(
      fc.asyncProperty(cases, async ([some, timeZone, batchSize, seed]) => {
        await emptyActivities(testDatabase.database);
        await record(some, timeZone);
        const once = await rollupsOf(testDatabase.database);
        expect(once).toEqual(await recount(testDatabase.database, timeZone));
        await emptyActivities(testDatabase.database);
        const again = [...some, ...some.filter((_, i) => i % 3 === seed % 3)];
        const shuffled = again.map((one, i) => ({ one, key: (i * 7919 + seed) % 1009 })).sort((a, b) => a.key - b.key);
        for (let from = 0; from < shuffled.length; from += batchSize) {
          await record(
            shuffled.slice(from, from + batchSize).map(({ one }) => one),
            timeZone,
          );
        }
        expect(await rollupsOf(testDatabase.database)).toEqual(once);
      }),
      { numRuns: 25 },
    );
  });

  it('are the same when they are made anew, and follow the company into another zone', async () => {
    const { pool } = testDatabase.database;
    const parts = { pool, settings: companyDefaults };
    const some = (await fc.sample(someActivities, { numRuns: 1, seed: 7 })[0]) ?? [];
    await record(some);
    const kept = await rollupsOf(testDatabase.database);
    for (const companyId of ['biz_1', 'biz_2']) await rebuildCompany(pool, companyId, companyDefaults);
    expect(await rollupsOf(testDatabase.database)).toEqual(kept);
    for (const companyId of ['biz_1', 'biz_2']) await changeSettings(parts, companyId, { timeZone: 'Pacific/Apia' });
    expect(await rollupsOf(testDatabase.database)).toEqual(await recount(testDatabase.database, 'Pacific/Apia'));
    await pool.query('delete from company_settings');
  });

  it('say how many of the activities were news', async () => {
    expect(await record([activity({ id: '1' }), activity({ id: '2' })])).toEqual([2]);
    expect(await record([activity({ id: '2' }), activity({ id: '3' }), activity({ id: '3' })])).toEqual([1]);
  });

  it('leave out what is older than what is kept, since it was counted before', async () => {
    expect(await record([activity({ id: '1', at: at('2025-04-30T23:00:00Z') })])).toEqual([0]);
    expect(await record([activity({ id: '1', at: at('2025-05-01T00:00:00Z') })])).toEqual([1]);
  });

  it('hold as much time in voice on one day as tens of thousands of people can spend there', async () => {
    const day = { kind: 'voice', at: at('2026-06-01T00:00:00Z'), seconds: 2_000_000_000 } as const;
    await record([activity({ id: 'one', ...day })]);
    await record([activity({ id: 'two', ...day }), activity({ id: 'three', ...day, channelId: '11' })]);
    const { pool } = testDatabase.database;
    const sums = await readKindsByDay(pool, { companyId: 'biz_1', first: '2026-06-01', last: '2026-06-01' });
    expect(sums.get('2026-06-01')?.get('voice')).toEqual({ count: 3, seconds: 6_000_000_000 });
  });

  it('hold more people than one block', async () => {
    const crowd = Array.from({ length: 5000 }, (_, i) => activity({ id: `${i}`, accountId: `${i}` }));
    await record(crowd);
    const people = (await rollupsOf(testDatabase.database)).filter((line) => line.startsWith('people'));
    expect(people).toHaveLength(10_000);
  });
});
