import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Passing } from '../../src/domain/user-error.ts';
import { reconcileNightly } from '../../src/jobs/reconcile-nightly.ts';
import { asOnlyReader, writeBackfillRun } from '../../src/store/backfill.ts';
import { readReconciledAt } from '../../src/store/reconciliation.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { jobParts } from '../support/job-parts.ts';

const companyId = 'biz_1';
const slot = { key: '2026-11-24', at: Date.UTC(2026, 10, 24, 4, 10) };
const now = slot.at + 1000;

let db: TestDatabase;
let reread: string[];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  reread = [];
  await db.database.pool.query('delete from backfill; delete from reconciliation');
});

function night(hasKey = true): Promise<unknown> {
  const parts = jobParts(db.database);
  const reconciling = () => ({
    sources: parts.sources,
    reread: async (id: string) => {
      reread.push(id);
      return [{ resource: 'payments', rowsRead: 0, rowsUnread: 0, rowsChanged: 0, refusal: null }];
    },
    readStat: async () => ({ unavailable: 'not asked' }),
  });
  return reconcileNightly({ companyId, slot, now }, { ...parts, reconciling: hasKey ? reconciling : null });
}

const historyRead = (endedAt: number | null, stopped: string | null = null) =>
  writeBackfillRun(db.database.pool, companyId, { startedAt: slot.at - 5000, endedAt, stopped });

describe('each night', () => {
  it('what may have changed is read again, and it is kept since when', async () => {
    await historyRead(slot.at - 1);
    await night();
    expect(reread).toEqual([companyId]);
    expect(await readReconciledAt(db.database.pool, companyId)).toBe(now);
  });

  it.each([
    ['was read since', slot.at, null],
    ['is being read', null, null],
    ['can’t be read', slot.at - 1, 'The key may not.'],
  ])('nothing is asked where the history %s', async (_what, endedAt, stopped) => {
    await historyRead(endedAt, stopped);
    await night();
    expect(reread).toEqual([]);
  });

  it('nothing is asked where no history was read, or without a key', async () => {
    await night();
    await historyRead(slot.at - 1);
    await night(false);
    expect(reread).toEqual([]);
  });

  it('it is left for later while somebody reads Whop’s lists', async () => {
    await historyRead(slot.at - 1);
    await asOnlyReader(db.database.pool, () => expect(night()).rejects.toThrow(Passing));
    expect(reread).toEqual([]);
    await night();
    expect(reread).toEqual([companyId]);
  });
});
