import type { Books } from './books.ts';
import { type Day, dayOf, daysBetween, endOfMonth, type Month, monthOf } from './calendar.ts';
import type { Instant } from './facts.ts';
import { groupBy } from './group-by.ts';
import type { OnSpan } from './membership-spans.ts';
import { dayChanges, isOn, payingSpans } from './presence.ts';
import type { Lifetime, SurvivalStep } from './survival.ts';

type Payer = { spans: readonly OnSpan[]; firstDay: Day; lastChurn: Day | null };

/** How long each customer has kept paying: from the first paid day to the last churn, in days, or still at `asOf`. */
export function customerLifetimes(books: Books, asOf: Instant): Lifetime[] {
  const today = dayOf(asOf, books.timeZone);
  return payersOf(books, asOf).map(({ firstDay, lastChurn }) => ({
    duration: daysBetween(firstDay, lastChurn ?? today),
    ended: lastChurn !== null,
  }));
}

export type Milestone = { days: number; survival: number; lower: number | null; upper: number | null };

const milestoneDays = [30, 90, 180, 365];

/** What the curve says of a month, a quarter, half a year and a year, as far as anybody has been seen that long. */
export function milestones(curve: readonly SurvivalStep[], longestDays: number): Milestone[] {
  return milestoneDays
    .filter((days) => days <= longestDays)
    .map((days) => {
      const { survival, lower, upper } = curve.findLast(({ time }) => time <= days) ?? everybody;
      return { days, survival, lower, upper };
    });
}

const everybody = { survival: 1, lower: 1, upper: 1 };

export type CohortCell = { cohort: Month; size: number; month: number; retained: number };

/** Of those who first paid in a month, the share that pays at the end of it and of each complete month since. */
export function cohorts(books: Books, asOf: Instant): CohortCell[] {
  const byMonth = groupBy(payersOf(books, asOf), ({ firstDay }) => monthOf(firstDay));
  return [...byMonth]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cohort, payers]) =>
      completeMonthEnds(cohort, asOf, books.timeZone).map((end, month) => {
        const paying = payers.filter(({ spans }) => isOn(spans, end)).length;
        return { cohort, size: payers.length, month, retained: paying / payers.length };
      }),
    );
}

function payersOf({ customers, timeZone }: Books, asOf: Instant): Payer[] {
  return customers.flatMap(({ timeline }) => {
    const spans = payingSpans(timeline);
    const changes = dayChanges(spans, asOf, timeZone);
    const [first, last] = [changes[0], changes.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [{ spans, firstDay: first.day, lastChurn: last.came ? null : last.day }];
  });
}

function completeMonthEnds(cohort: Month, asOf: Instant, timeZone: string): Instant[] {
  const ends: Instant[] = [];
  for (let end = endOfMonth(cohort, 0, timeZone); end <= asOf; end = endOfMonth(cohort, ends.length, timeZone)) {
    ends.push(end);
  }
  return ends;
}
