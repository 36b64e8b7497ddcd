import { endOfMonth, type Month, nextMonth } from './calendar.ts';
import type { Instant } from './facts.ts';
import { groupBy } from './group-by.ts';
import type { SurvivalStep } from './survival.ts';

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

/** How the number of those who first paid in a month, and pay, changed in another. */
export type CohortChange = { cohort: Month; month: Month; began: number; paying: number };

export type CohortCell = { cohort: Month; size: number; month: number; retained: number };

/** Of those who first paid in a month, the share that pays at the end of it and of each complete month since. */
export function cohorts(changes: readonly CohortChange[], asOf: Instant, timeZone: string): CohortCell[] {
  const byCohort = groupBy(changes, ({ cohort }) => cohort);
  return [...byCohort]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cohort, own]) => {
      const size = own.reduce((sum, { began }) => sum + began, 0);
      return completeMonths(cohort, asOf, timeZone).map((last, month) => {
        const paying = own.filter((change) => change.month <= last).reduce((sum, change) => sum + change.paying, 0);
        return { cohort, size, month, retained: paying / size };
      });
    });
}

/** A month and those after it, as far as they are over. */
function completeMonths(first: Month, asOf: Instant, timeZone: string): Month[] {
  const months: Month[] = [];
  for (let month = first; endOfMonth(month, 0, timeZone) <= asOf; month = nextMonth(month)) months.push(month);
  return months;
}
