import type { Day } from '../../domain/calendar.ts';
import type { CustomerBook } from '../../domain/customer-book.ts';
import { type Amounts, type KeptMeasure, keysOf, type Measure } from '../../domain/measures.ts';
import { rollupOf } from '../../domain/rollup.ts';
import type { Scope } from '../../domain/scope.ts';

type DayPlace = { scope: Scope; grain: Grain; day: Day; currency: string };
type KeptPlace = {
  scope: Scope;
  currency: string;
  openedGrain: Grain;
  opened: Day;
  closedGrain: Grain;
  closed: Day;
};
/** `ended` is 'infinity' for who pays. */
type LifetimePlace = { scope: Scope; began: Day; seen: Day; ended: Day | 'infinity'; since: Day };

type Grain = 'day' | 'month';
type Summed<Place, M extends string> = { place: Place; amounts: Amounts<M> };

/** What is to be added to the sums of a company: each place once, however many customers add to it. */
export type RollupChanges = {
  /** @param sign −1 for what is taken away */
  add(book: CustomerBook, sign: 1 | -1): void;
  /** Each of these hands over what has gathered, and begins anew. */
  takeDays(): Summed<DayPlace, Measure>[];
  takeKept(): Summed<KeptPlace, KeptMeasure>[];
  takeLifetimes(): Summed<LifetimePlace, 'customers'>[];
  /** How many places of pairs of days there are: they become more with each customer, days only with time and plans. */
  pairs(): number;
};

export function createRollupChanges(timeZone: string): RollupChanges {
  const days = createSums<DayPlace, Measure>();
  const kept = createSums<KeptPlace, KeptMeasure>();
  const lifetimes = createSums<LifetimePlace, 'customers'>();
  return {
    add(book, sign) {
      const rollup = rollupOf(book, timeZone);
      for (const { scope, currency, day, amounts } of rollup.days) {
        for (const [grain, first] of grainsOf(day)) {
          days.add({ scope, grain, day: first, currency }, amounts, sign);
        }
      }
      for (const { scope, currency, opened, closed, measure, amount } of rollup.kept) {
        for (const [openedGrain, from] of grainsOf(opened)) {
          for (const [closedGrain, to] of grainsOf(closed)) {
            const place = { scope, currency, openedGrain, opened: from, closedGrain, closed: to };
            kept.add(place, { [measure]: amount }, sign);
          }
        }
      }
      for (const { customers, ended, ...life } of rollup.lifetimes) {
        lifetimes.add({ ...life, ended: ended ?? 'infinity' }, { customers }, sign);
      }
    },
    takeDays: days.take,
    takeKept: kept.take,
    takeLifetimes: lifetimes.take,
    pairs: () => kept.size() + lifetimes.size(),
  };
}

function createSums<Place extends object, M extends string>() {
  type Growing = { place: Place; amounts: Partial<Record<M, number>> };
  const byPlace = new Map<string, Growing>();
  return {
    add(place: Place, amounts: Amounts<M>, sign: 1 | -1): void {
      const key = Object.values(place).join('\0');
      const sum: Growing = byPlace.get(key) ?? { place, amounts: {} };
      byPlace.set(key, sum);
      for (const measure of keysOf(amounts)) {
        sum.amounts[measure] = (sum.amounts[measure] ?? 0) + sign * (amounts[measure] ?? 0);
      }
    },
    take(): Summed<Place, M>[] {
      const gathered = [...byPlace.values()].filter(({ amounts }) => Object.values(amounts).some((sum) => sum !== 0));
      byPlace.clear();
      return gathered;
    },
    size: () => byPlace.size,
  };
}

/** A sum is kept by day and by month, so that a long time is read in few rows. */
function grainsOf(day: Day): [Grain, Day][] {
  return [
    ['day', day],
    ['month', `${day.slice(0, 'YYYY-MM'.length)}-01`],
  ];
}
