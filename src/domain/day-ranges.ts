import { addDays, type Day, type Month, monthOf } from './calendar.ts';

/** Days, or the months that begin on these days, both ends included. */
export type DayRange = { grain: 'day' | 'month'; first: Day; last: Day };

/** Before any history. */
export const beginning: Day = '0001-01-01';

/** The fewest ranges of whole months and single days that make up the days from one to another; none where there are none. */
export function coverDays(first: Day, last: Day): DayRange[] {
  const firstWhole = `${firstWholeMonth(first)}-01`;
  const lastWhole = addDays(firstOf(addDays(last, 1)), -1);
  if (firstWhole > lastWhole) return daysFrom(first, last);
  return [
    ...daysFrom(first, addDays(firstWhole, -1)),
    { grain: 'month', first: firstWhole, last: firstOf(lastWhole) },
    ...daysFrom(addDays(lastWhole, 1), last),
  ];
}

/** The single days up to the next whole month, and the months, that begin within the days from one to another. */
export function partsFrom(first: Day, last: Day): { grain: DayRange['grain']; day: Day }[] {
  const parts: { grain: DayRange['grain']; day: Day }[] = [];
  const firstWhole = `${firstWholeMonth(first)}-01`;
  for (let day = first; day < firstWhole && day <= last; day = addDays(day, 1)) parts.push({ grain: 'day', day });
  for (let day = firstWhole; day <= last; day = firstOfNext(day)) parts.push({ grain: 'month', day });
  return parts;
}

/** The first month that begins on a day or later. */
export function firstWholeMonth(day: Day): Month {
  return monthOf(day === firstOf(day) ? day : firstOfNext(day));
}

function daysFrom(first: Day, last: Day): DayRange[] {
  return first > last ? [] : [{ grain: 'day', first, last }];
}

export function firstOf(day: Day): Day {
  return `${monthOf(day)}-01`;
}

function firstOfNext(day: Day): Day {
  return firstOf(addDays(firstOf(day), 31));
}
