import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestKeys, digestKinds, eachFigure, restatedFigures } from '../../src/domain/digest.ts';

const amount = fc.option(fc.integer(), { nil: null });
const values = fc.record({
  mrr: amount,
  net_revenue: amount,
  paying_customers: amount,
  members: amount,
  active_members: amount,
  customer_churn_rate: amount,
});

describe('the figures of a digest', () => {
  it('are each taken once, in one order', () => {
    expect(digestKeys.toSorted()).toEqual(Object.keys(digestKinds).toSorted());
    expect(eachFigure((key) => key)).toEqual(Object.fromEntries(digestKeys.map((key) => [key, key])));
  });
});

describe('restated figures', () => {
  it('are those that were told and are something else now', () => {
    fc.assert(
      fc.property(values, values, (then, now) => {
        const told = new Map(digestKeys.flatMap((key) => (then[key] === null ? [] : [[key, then[key]] as const])));
        const restated = restatedFigures(told, now);
        const others = digestKeys.filter((key) => then[key] !== null && now[key] !== null && then[key] !== now[key]);
        expect(digestKeys.filter((key) => (restated?.said[key] ?? null) !== null)).toEqual(others);
        for (const key of others) {
          expect([restated?.said[key], restated?.now[key]]).toEqual([then[key], now[key]]);
        }
      }),
    );
  });

  it('are none where nothing was told, or nothing else is said now', () => {
    fc.assert(
      fc.property(values, (now) => {
        const told = new Map(digestKeys.flatMap((key) => (now[key] === null ? [] : [[key, now[key]] as const])));
        expect(restatedFigures(new Map(), now)).toBeNull();
        expect(restatedFigures(told, now)).toBeNull();
      }),
    );
  });
});
