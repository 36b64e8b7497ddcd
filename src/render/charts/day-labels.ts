const monthDay = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
const monthYear = new Intl.DateTimeFormat('en-US', { month: 'short', year: '2-digit', timeZone: 'UTC' });
const range = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });

const mostLabels = 6;

/**
 * One label for each day, most of them empty, so that they never overlap: the last day and every few before it, or
 * firsts of months where the days cover more than four months.
 */
export function dayLabels(days: string[]): string[] {
  if (days.length > 124) return monthLabels(days);
  const step = Math.ceil(days.length / (mostLabels + 1));
  return days.map((day, index) => ((days.length - 1 - index) % step === 0 ? monthDay.format(instant(day)) : ''));
}

function monthLabels(days: string[]): string[] {
  const firsts = days.filter((day) => day.endsWith('-01'));
  const step = Math.ceil(firsts.length / mostLabels);
  const labelled = new Set(firsts.filter((_day, index) => index % step === 0));
  return days.map((day) => (labelled.has(day) ? monthLabel(day) : ''));
}

/** Jun ’25 */
export function monthLabel(day: string): string {
  return monthYear.format(instant(day)).replace(' ', ' ’');
}

/** 'Jun 1 – 30, 2025', both days included. */
export function dayRange(first: string, last: string): string {
  return range.formatRange(instant(first), instant(last));
}

function instant(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
