import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeCompany } from '../../src/domain/scope.ts';
import type { StockEntry } from '../../src/domain/stock-entries.ts';
import { createRollupChanges } from '../../src/ingest/books/rollup-changes.ts';

const hourMs = 3_600_000;

/** Somebody who becomes a member and leaves again, each time some hours after the last. */
function comingAndGoing(hours: readonly number[]): StockEntry[] {
  let at = Date.UTC(2026, 0, 28);
  return hours.map((later, i) => {
    at += later * hourMs;
    const amounts = { members: i % 2 === 0 ? 1 : -1 };
    return { scope: wholeCompany, currency: '', at, amounts, involuntary: false, paidSince: null };
  });
}

const members = fc.array(fc.array(fc.integer({ min: 1, max: 1_500 }), { maxLength: 6 }).map(comingAndGoing));

function changesOf(some: readonly StockEntry[][]) {
  const changes = createRollupChanges('Europe/Berlin');
  for (const stocks of some) changes.add({ flows: [], stocks }, 1);
  return changes;
}

/** Of each place what isn't 0. */
function sums(rows: readonly (readonly [place: string, amount: number | undefined])[]): Map<string, number> {
  const byPlace = new Map<string, number>();
  for (const [place, amount = 0] of rows) byPlace.set(place, (byPlace.get(place) ?? 0) + amount);
  return new Map([...byPlace].filter(([, sum]) => sum !== 0).sort());
}

const itself = (day: string) => day;
const firstOfMonth = (day: string) => `${day.slice(0, 'YYYY-MM'.length)}-01`;

test('a month is the sum of its days', () => {
  fc.assert(
    fc.property(members, (some) => {
      const rows = changesOf(some).takeDays();
      const of = (grain: string) => rows.filter(({ place }) => place.grain === grain);
      const summed = of('day').map(({ place, amounts }) => [firstOfMonth(place.day), amounts.members] as const);
      expect(sums(of('month').map(({ place, amounts }) => [place.day, amounts.members]))).toEqual(sums(summed));
    }),
  );
});

test.each([
  { opened: 'month', openedOf: firstOfMonth, closed: 'day', closedOf: itself },
  { opened: 'day', openedOf: itself, closed: 'month', closedOf: firstOfMonth },
  { opened: 'month', openedOf: firstOfMonth, closed: 'month', closedOf: firstOfMonth },
])('a pair of $opened and $closed is the sum of its pairs of days', ({ opened, openedOf, closed, closedOf }) => {
  fc.assert(
    fc.property(members, (some) => {
      const rows = changesOf(some).takeKept();
      const of = (openedGrain: string, closedGrain: string) =>
        rows.filter(({ place }) => place.openedGrain === openedGrain && place.closedGrain === closedGrain);
      const summed = of('day', 'day').map(
        ({ place, amounts }) => [`${openedOf(place.opened)} ${closedOf(place.closed)}`, amounts.lost_members] as const,
      );
      const kept = of(opened, closed).map(
        ({ place, amounts }) => [`${place.opened} ${place.closed}`, amounts.lost_members] as const,
      );
      expect(sums(kept)).toEqual(sums(summed));
    }),
  );
});
