import { type Day, monthOf } from '../../domain/calendar.ts';
import type { CustomerBook } from '../../domain/customer-book.ts';
import type { Amounts, KeptMeasure, Measure } from '../../domain/measures.ts';
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
  /** How many places of pairs of days there may be: they become more with each customer, days only with time and plans. */
  pairs(): number;
};

/** Of days, of a day and a month, of a month and a day, and of months. */
const grainsOfPairs = 4;

export function createRollupChanges(timeZone: string): RollupChanges {
  const days = createSums<DayPlace, Measure>(dayKey);
  const kept = createSums<KeptPlace, KeptMeasure>(keptKey);
  const lifetimes = createSums<LifetimePlace, 'customers'>(lifetimeKey);
  return {
    add(book, sign) {
      const rollup = rollupOf(book, timeZone);
      for (const { scope, currency, day, amounts } of rollup.days) {
        days.add({ scope, grain: 'day', day, currency }, amounts, sign);
      }
      for (const { scope, currency, opened, closed, measure, amount } of rollup.kept) {
        const place = { scope, currency, openedGrain: 'day', opened, closedGrain: 'day', closed } as const;
        kept.add(place, { [measure]: amount }, sign);
      }
      for (const { scope, began, seen, ended, since, customers } of rollup.lifetimes) {
        lifetimes.add({ scope, began, seen, ended: ended ?? 'infinity', since }, { customers }, sign);
      }
    },
    takeDays: () => withMonths(days.take()),
    takeKept: () => withMonthsOfPairs(kept.take()),
    takeLifetimes: lifetimes.take,
    pairs: () => grainsOfPairs * kept.size() + lifetimes.size(),
  };
}

/** Among places of one grain. */
function dayKey({ scope, currency, day }: DayPlace): string {
  return `${scope}\0${currency}\0${day}`;
}

function keptKey({ scope, currency, openedGrain, opened, closedGrain, closed }: KeptPlace): string {
  return `${scope}\0${currency}\0${openedGrain}\0${opened}\0${closedGrain}\0${closed}`;
}

function lifetimeKey({ scope, began, seen, ended, since }: LifetimePlace): string {
  return `${scope}\0${began}\0${seen}\0${ended}\0${since}`;
}

/**
 * A sum is kept by day and by month, so that a long time is read in few rows. Months are summed at the end, from days, since
 * many customers add to the same days.
 */
function withMonths(days: readonly Summed<DayPlace, Measure>[]): Summed<DayPlace, Measure>[] {
  const months = createSums<DayPlace, Measure>(dayKey);
  for (const { place, amounts } of days) {
    months.add({ ...place, grain: 'month', day: firstOfMonth(place.day) }, amounts, 1);
  }
  return [...days, ...months.take()];
}

/** The same of pairs of days, of which either or both become months. */
function withMonthsOfPairs(days: readonly Summed<KeptPlace, KeptMeasure>[]): Summed<KeptPlace, KeptMeasure>[] {
  const months = createSums<KeptPlace, KeptMeasure>(keptKey);
  for (const { place, amounts } of days) {
    const fromMonth = { openedGrain: 'month', opened: firstOfMonth(place.opened) } as const;
    const toMonth = { closedGrain: 'month', closed: firstOfMonth(place.closed) } as const;
    months.add({ ...place, ...fromMonth }, amounts, 1);
    months.add({ ...place, ...toMonth }, amounts, 1);
    months.add({ ...place, ...fromMonth, ...toMonth }, amounts, 1);
  }
  return [...days, ...months.take()];
}

function createSums<Place, M extends string>(keyOf: (place: Place) => string) {
  type Growing = { place: Place; amounts: Partial<Record<M, number>> };
  const byPlace = new Map<string, Growing>();
  return {
    add(place: Place, amounts: Amounts<M>, sign: 1 | -1): void {
      const key = keyOf(place);
      let sum = byPlace.get(key);
      if (sum === undefined) {
        sum = { place, amounts: {} };
        byPlace.set(key, sum);
      }
      for (const measure in amounts) {
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

function firstOfMonth(day: Day): Day {
  return `${monthOf(day)}-01`;
}
