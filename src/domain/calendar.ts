import { Temporal } from 'temporal-polyfill';
import type { Instant } from './facts.ts';

/** A local day, `YYYY-MM-DD`. */
export type Day = string;

export const weekStarts = ['monday', 'sunday', 'saturday'] as const;
export type WeekStart = (typeof weekStarts)[number];

export function isWeekStart(name: string): name is WeekStart {
  return weekStarts.some((known) => known === name);
}

/** The last N local days up to now, or the last complete week or month. */
export const periodNames = ['7d', '30d', '90d', '365d', 'week', 'month'] as const;
export type PeriodName = (typeof periodNames)[number];

export type Zone = { timeZone: string; weekStart: WeekStart };

/** Half-open: `start` belongs to it, `end` doesn't. */
export type Span = { start: Instant; end: Instant };

/** A span with the instant at which its stocks are read: now, or the last instant of a complete week or month. */
export type Stretch = Span & { asOf: Instant };

export type Period = Stretch & {
  name: PeriodName;
  /** The same stretch before, which figures are compared with. */
  previous: Stretch;
};

const isoWeekday: Readonly<Record<WeekStart, number>> = { monday: 1, saturday: 6, sunday: 7 };

/** Whether this is an IANA zone; a fixed offset is none, since it knows no daylight saving. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** The local day that an instant falls on. */
export function dayOf(instant: Instant, timeZone: string): Day {
  return dayAround(instant, timeZone).day;
}

export type LocalDay = Span & { day: Day };

/** Local days by zone and UTC day, since calendars are slow and most instants fall on the same few days. */
const daysAround = new Map<string, Map<number, LocalDay[]>>();
const utcDayMs = 24 * 60 * 60 * 1000;

/** The local day that an instant falls on, with its edges. */
export function dayAround(instant: Instant, timeZone: string): LocalDay {
  const utcDay = Math.floor(instant / utcDayMs);
  const known = daysAround.get(timeZone)?.get(utcDay) ?? [];
  for (const day of known) if (day.start <= instant && instant < day.end) return day;
  const found = localDay(instant, timeZone);
  const ofZone = daysAround.get(timeZone) ?? new Map<number, LocalDay[]>();
  daysAround.set(timeZone, ofZone.set(utcDay, [...known, found]));
  return found;
}

const quarterMs = 15 * 60 * 1000;
const hoursAround = new Map<string, Map<number, { day: Day; hour: number }>>();

/** The local day that an instant falls on, and the hour that clocks show then, 0 to 23. */
export function hourAround(instant: Instant, timeZone: string): { day: Day; hour: number } {
  const ofZone = hoursAround.get(timeZone) ?? new Map<number, { day: Day; hour: number }>();
  hoursAround.set(timeZone, ofZone);
  // Clocks differ by whole quarters of an hour, and change by them.
  const quarter = Math.floor(instant / quarterMs);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  const found = { day: dayOf(instant, timeZone), hour: zoned(instant, timeZone).hour };
  ofZone.set(quarter, found);
  return found;
}

function localDay(instant: Instant, timeZone: string): LocalDay {
  const day = zoned(instant, timeZone).toPlainDate().toString();
  return { day, start: startOfDay(day, timeZone), end: startOfDay(addDays(day, 1), timeZone) };
}

/** The instant at which a local day begins: midnight, or the first instant after it where the clock skips midnight. */
export function startOfDay(day: Day, timeZone: string): Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).startOfDay().epochMilliseconds;
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * utcDayMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** How many days lie between two local days. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

/** A calendar month, `YYYY-MM`. */
export type Month = string;

export function monthOf(day: Day): Month {
  return day.slice(0, 'YYYY-MM'.length);
}

/** The month after one. */
export function nextMonth(month: Month): Month {
  return monthOf(Temporal.PlainDate.from(`${month}-01`).add({ months: 1 }).toString());
}

/** The last instant of the month that many months after another. */
export function endOfMonth(month: Month, monthsLater: number, timeZone: string): Instant {
  const next = Temporal.PlainDate.from(`${month}-01`).add({ months: monthsLater + 1 });
  return startOfDay(next.toString(), timeZone) - 1;
}

/** Each local day that a span touches, with its own edges; the last day may be cut short by the span's end. */
export function daysOf(span: Span, timeZone: string): (Span & { day: Day })[] {
  const days: (Span & { day: Day })[] = [];
  for (let start = span.start; start < span.end; start = dayAround(start, timeZone).end) {
    const { day, end } = dayAround(start, timeZone);
    days.push({ day, start, end: Math.min(end, span.end) });
  }
  return days;
}

/** The period of that name as of `now`, in the company's zone. */
export function periodAt(name: PeriodName, now: Instant, zone: Zone): Period {
  if (name === 'week') return lastWeek(now, zone);
  if (name === 'month') return lastMonth(now, zone);
  return lastDays(name, Number.parseInt(name, 10), now, zone.timeZone);
}

/** From the local midnight that begins the day N−1 days before today until now; before it, the same stretch N days earlier. */
function lastDays(name: PeriodName, count: number, now: Instant, timeZone: string): Period {
  const first = addDays(dayOf(now, timeZone), 1 - count);
  const before = zoned(now, timeZone).subtract({ days: count }).epochMilliseconds;
  return {
    name,
    start: startOfDay(first, timeZone),
    end: now,
    asOf: now,
    previous: { start: startOfDay(addDays(first, -count), timeZone), end: before, asOf: before },
  };
}

function lastWeek(now: Instant, { timeZone, weekStart }: Zone): Period {
  const today = zoned(now, timeZone).toPlainDate();
  const thisWeek = today.subtract({ days: (today.dayOfWeek - isoWeekday[weekStart] + 7) % 7 });
  return completePeriod('week', thisWeek, { weeks: 1 }, timeZone);
}

function lastMonth(now: Instant, { timeZone }: Zone): Period {
  return completePeriod('month', zoned(now, timeZone).toPlainDate().with({ day: 1 }), { months: 1 }, timeZone);
}

/** The last complete calendar months before an instant, newest first. */
export function completeMonths(before: Instant, count: number, timeZone: string): Month[] {
  let month = monthOf(dayOf(before + 1, timeZone));
  return Array.from({ length: count }, () => {
    month = monthOf(addDays(`${month}-01`, -1));
    return month;
  });
}

/** Weeks up to one that is complete, and with it; oldest first. */
export function weeksUpTo(week: Span, count: number, timeZone: string): Stretch[] {
  const firstDay = Temporal.PlainDate.from(dayOf(week.start, timeZone));
  return Array.from({ length: count }, (_, n) => {
    const start = firstDay.subtract({ weeks: count - 1 - n });
    return completeStretch(start, start.add({ weeks: 1 }), timeZone);
  });
}

function completePeriod(
  name: PeriodName,
  endDay: Temporal.PlainDate,
  length: Temporal.DurationLike,
  timeZone: string,
): Period {
  const startDay = endDay.subtract(length);
  const previous = completeStretch(startDay.subtract(length), startDay, timeZone);
  return { name, ...completeStretch(startDay, endDay, timeZone), previous };
}

/** From the beginning of one day to that of another; its stocks are those of its last instant. */
function completeStretch(startDay: Temporal.PlainDate, endDay: Temporal.PlainDate, timeZone: string): Stretch {
  const [start, end] = [startOfDay(startDay.toString(), timeZone), startOfDay(endDay.toString(), timeZone)];
  return { start, end, asOf: end - 1 };
}

function zoned(instant: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}
