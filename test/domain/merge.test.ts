import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FactKind, type FactValue, factColumns, version } from '../../src/domain/facts.ts';
import { type FactRow, mergeRows, rowOf } from '../../src/domain/merge.ts';
import { statusCourses } from '../../src/domain/status-courses.ts';

const columnValues = {
  text: fc.constantFrom<FactValue>('', 'a', 'b', 'B', 'ä', null),
  money: fc.constantFrom<FactValue>(-1, 0, 2999, 9_007_199_254_740_991, null),
  integer: fc.constantFrom<FactValue>(0, 1, 30, null),
  flag: fc.constantFrom<FactValue>(true, false, null),
  instant: fc.constantFrom<FactValue>(0, 1_767_225_600_000, null),
  status: fc.constantFrom<FactValue>(...Object.values(statusCourses).flat(), 'unheard_of', 'zzz', null),
};

const versions = fc.constantFrom(version(0, true), version(1000, true), version(5000, false), version(9000, false));

function snapshotOf(kind: FactKind) {
  const columns = Object.entries(factColumns[kind]).map(([field, column]) => [field, columnValues[column]] as const);
  const values = fc.record<Record<string, FactValue>>(Object.fromEntries(columns), { requiredKeys: [] });
  return fc.record({ version: versions, values });
}

/** A row as it can be stored: what some snapshots made together. */
function rowsOf(kind: FactKind): fc.Arbitrary<FactRow> {
  return fc
    .array(snapshotOf(kind), { minLength: 1, maxLength: 4 })
    .map((snapshots) => snapshots.map((one) => rowOf(kind, one)).reduce((a, b) => mergeRows(kind, a, b)));
}

const kinds = Object.keys(factColumns).filter((kind): kind is FactKind => kind in factColumns);

describe.each(kinds)('mergeRows of a %s', (kind) => {
  const row = rowsOf(kind);

  it('is commutative', () => {
    fc.assert(
      fc.property(row, row, (a, b) => {
        expect(mergeRows(kind, a, b)).toEqual(mergeRows(kind, b, a));
      }),
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(row, row, row, (a, b, c) => {
        expect(mergeRows(kind, mergeRows(kind, a, b), c)).toEqual(mergeRows(kind, a, mergeRows(kind, b, c)));
      }),
    );
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(row, row, (a, b) => {
        expect(mergeRows(kind, a, a)).toEqual(a);
        const merged = mergeRows(kind, a, b);
        expect(mergeRows(kind, merged, b)).toEqual(merged);
      }),
    );
  });
});

describe('mergeRows', () => {
  const at = (time: number, values: Record<string, FactValue>, timed = true) =>
    rowOf('payment', { version: version(time, timed), values });
  const merged = (...rows: FactRow[]) => rows.reduce((a, b) => mergeRows('payment', a, b)).values;

  it('takes of each field what was told last', () => {
    const values = merged(at(2000, { status: 'paid' }), at(1000, { status: 'open', currency: 'USD' }));
    expect(values).toMatchObject({ status: 'paid', currency: 'USD', totalMinor: null });
  });

  it('believes a later snapshot that says there is nothing', () => {
    expect(merged(at(1000, { promoCodeId: 'promo_1' }), at(2000, { promoCodeId: null })).promoCodeId).toBe(null);
    expect(merged(at(1000, { promoCodeId: 'promo_1' }), at(2000, {})).promoCodeId).toBe('promo_1');
  });

  it('believes the status later in life of the same time, whichever came last', () => {
    const [open, paid] = [at(1000, { status: 'open' }), at(1000, { status: 'paid' })];
    expect(merged(open, paid).status).toBe('paid');
    expect(merged(paid, open).status).toBe('paid');
  });

  it('never lets what has no time of its own replace what has one', () => {
    expect(merged(at(1000, { status: 'paid' }), at(9000, { status: 'void' }, false)).status).toBe('paid');
    expect(merged(at(1000, { status: 'paid' }), at(9000, { currency: 'EUR' }, false)).currency).toBe('EUR');
  });

  it('names the fields that the newest snapshot didn’t tell, with the version that did', () => {
    const row = mergeRows('payment', at(1000, { currency: 'USD' }), at(2000, { status: 'paid' }));
    expect(row.version).toBe(version(2000, true));
    expect(row.older).toMatchObject({ currency: version(1000, true), totalMinor: '' });
    expect(row.older).not.toHaveProperty('status');
  });
});
