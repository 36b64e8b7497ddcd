import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day, monthOf, nextMonth } from '../../src/domain/calendar.ts';
import { coverDays, type DayRange, firstWholeMonth, partsFrom } from '../../src/domain/day-ranges.ts';

const stretches = fc
  .tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 800 }))
  .map(([start, length]) => [addDays('2024-01-01', start), addDays('2024-01-01', start + length)] as const);

function daysOf(grain: DayRange['grain'], day: Day): Day[] {
  const end = grain === 'day' ? addDays(day, 1) : `${nextMonth(monthOf(day))}-01`;
  return between(day, addDays(end, -1));
}

function between(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

test('days are covered once, by whole months where there are any', () => {
  fc.assert(
    fc.property(stretches, ([first, last]) => {
      const covered = coverDays(first, last).flatMap((range) =>
        range.grain === 'day'
          ? between(range.first, range.last)
          : between(range.first, daysOf('month', range.last).at(-1) ?? ''),
      );
      expect(covered).toEqual(between(first, last));
    }),
  );
});

test('parts begin on the first day, and reach the end of the last month where they don’t end with single days', () => {
  fc.assert(
    fc.property(stretches, ([first, last]) => {
      const days = partsFrom(first, last).flatMap(({ grain, day }) => daysOf(grain, day));
      const end = last < `${firstWholeMonth(first)}-01` ? last : (daysOf('month', `${monthOf(last)}-01`).at(-1) ?? '');
      expect(days).toEqual(between(first, end));
    }),
  );
});

test('the first whole month begins on its first day or later', () => {
  expect(firstWholeMonth('2026-03-01')).toBe('2026-03');
  expect(firstWholeMonth('2026-03-02')).toBe('2026-04');
  expect(firstWholeMonth('2026-12-31')).toBe('2027-01');
});
