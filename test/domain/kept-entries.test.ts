import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupBy } from '../../src/domain/group-by.ts';
import { keptEntries } from '../../src/domain/kept-entries.ts';
import type { Stock } from '../../src/domain/measures.ts';
import { wholeCompany } from '../../src/domain/scope.ts';
import type { StockEntry } from '../../src/domain/stock-entries.ts';

const hourMs = 3_600_000;

/** A stock that stands at some amounts, one after the other, each some hours after the one before. */
function stock(name: Stock, currency: string, standing: readonly (readonly [number, number])[]): StockEntry[] {
  let at = Date.UTC(2026, 0, 1);
  let before = 0;
  return standing.map(([amount, hours]) => {
    at += hours * hourMs;
    const amounts = { [name]: amount - before };
    before = amount;
    return { scope: wholeCompany, currency, at, amounts, involuntary: false, paidSince: null };
  });
}

const standing = (most: number) =>
  fc.array(fc.tuple(fc.nat(most), fc.integer({ min: 1, max: 900 })), { maxLength: 12 });
const customers = fc.tuple(standing(1), standing(1), standing(5_000));

function corners([paying, members, mrr]: (readonly [number, number])[][]) {
  const entries = [
    ...stock('paying_customers', '', paying ?? []),
    ...stock('members', '', members ?? []).map((entry) => ({ ...entry, scope: 'plan one' })),
    ...stock('mrr', 'USD', mrr ?? []),
  ];
  return keptEntries(entries, 'Europe/Berlin');
}

test('corners of one closing add up to nothing over all openings', () => {
  fc.assert(
    fc.property(customers, (customer) => {
      const closings = groupBy(corners(customer), ({ scope, measure, closed }) => `${scope} ${measure} ${closed}`);
      for (const closing of closings.values()) expect(closing.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
    }),
  );
});

test('nothing is closed before it was opened', () => {
  fc.assert(
    fc.property(customers, (customer) => {
      for (const { opened, closed } of corners(customer)) expect(opened <= closed).toBe(true);
    }),
  );
});

test('who stops is lost from the day of the beginning on', () => {
  const lost = keptEntries(
    stock('paying_customers', '', [
      [1, 0],
      [0, 240],
    ]),
    'Europe/Berlin',
  );
  expect(lost.map(({ opened, closed, amount }) => [opened, closed, amount])).toEqual([
    ['2026-01-01', '2026-01-11', 1],
    ['2026-01-11', '2026-01-11', -1],
  ]);
});
