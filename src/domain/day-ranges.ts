import { addDays, type Day, type Month, monthOf } from './calendar.ts';

/** Days, or the months that begin on these days, both ends included. */
export type DayRange = { grain: 'day' | 'month'; first: Day; last: Day };

/** Before any history. */
export const beginning: Day = '0001-01-01';

/** The fewest ranges of whole months and single days that make up the days from one to another; none where there are none. */
export function coverDays(first: Day, last: Day): DayRange[] {
  const firstWhole = first === firstOf(first) ? first : firstOf(nextMonth(first));
  const lastWhole = addDays(firstOf(addDays(last, 1)), -1);
  if (firstWhole > lastWhole) return daysFrom(first, last);
  return [
    ...daysFrom(first, addDays(firstWhole, -1)),
    { grain: 'month', first: firstWhole, last: firstOf(lastWhole) },
    ...daysFrom(addDays(lastWhole, 1), last),
  ];
}

/** The months and days whose sums make up everything up to a day, from a first month on. */
export function coverUntil(last: Day, firstMonth: Month): { grain: DayRange['grain']; day: Day }[] {
  const days: { grain: DayRange['grain']; day: Day }[] = [];
  const open = firstOf(addDays(last, 1));
  for (let day = `${firstMonth}-01`; day < open; day = nextMonth(day)) days.push({ grain: 'month', day });
  for (let day = open; day <= last; day = addDays(day, 1)) days.push({ grain: 'day', day });
  return days;
}

function daysFrom(first: Day, last: Day): DayRange[] {
  return first > last ? [] : [{ grain: 'day', first, last }];
}

function firstOf(day: Day): Day {
  return `${monthOf(day)}-01`;
}

function nextMonth(day: Day): Day {
  return firstOf(addDays(firstOf(day), 31));
}
