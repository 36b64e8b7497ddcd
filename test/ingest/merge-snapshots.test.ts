import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FactKind, type FactValue, factColumns, type Snapshot, version } from '../../src/domain/facts.ts';
import { mergeSnapshots } from '../../src/ingest/merge-snapshots.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { emptyTables } from '../support/whop/tables.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const text = fc.string({ unit: fc.constantFrom('a', 'Ä', '"', '\\', '{', ',', '\n', ' ', '🙂') });
const nothing = fc.constant<FactValue>(null);

/** Whatever a payload may tell of a column of that type. */
const columnValues = {
  text: fc.oneof(text, nothing),
  status: fc.oneof(text, nothing),
  money: fc.oneof(fc.maxSafeInteger(), nothing),
  integer: fc.oneof(fc.integer(), nothing),
  flag: fc.oneof(fc.boolean(), nothing),
  instant: fc.oneof(fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(9999, 0) - 1 }), nothing),
};

const kinds = Object.keys(factColumns).filter((kind): kind is FactKind => kind in factColumns);

const snapshots = fc.array(fc.constantFrom(...kinds).chain(snapshotOf), { minLength: 1, maxLength: 30 });

function snapshotOf(kind: FactKind): fc.Arbitrary<Snapshot> {
  const columns = Object.entries(factColumns[kind]).map(([field, column]) => [field, columnValues[column]] as const);
  return fc.record({
    kind: fc.constant(kind),
    companyId: fc.constantFrom('biz_1', 'biz_2'),
    id: fc.constantFrom('a', 'b', 'c d'),
    version: fc.constantFrom(version(0, true), version(1000, true), version(5000, false)),
    values: fc.record<Record<string, FactValue>>(Object.fromEntries(columns), { requiredKeys: [] }),
  });
}

describe('mergeSnapshots', () => {
  it('knows afterwards what it has written, to the millisecond and the last digit', async () => {
    const { pool } = db.database;
    const merge = async (told: readonly Snapshot[]) => {
      const client = await pool.connect();
      return mergeSnapshots(client, told).finally(() => client.release());
    };
    await fc.assert(
      fc.asyncProperty(snapshots, async (told) => {
        await emptyTables(pool);
        const first = await merge(told);
        expect(first.map(({ before }) => before)).toEqual(first.map(() => null));
        expect(await merge(told)).toEqual([]);
        const later = await merge(told.map((one) => ({ ...one, version: version(9000, true) })));
        for (const { kind, companyId, id, before } of later) {
          const written = first.find((one) => one.kind === kind && one.companyId === companyId && one.id === id);
          expect(before).toEqual(written?.after);
        }
      }),
      { numRuns: 50 },
    );
  });
});
