import { Temporal } from 'temporal-polyfill';
import type { Day } from './calendar.ts';
import type { Instant } from './facts.ts';

/** A time that local clocks show, each day or once a week. */
export type Schedule = {
  hour: number;
  minute: number;
  /** 1 (Monday) to 7; null for each day. */
  weekday: number | null;
};

/** One time for which something is scheduled. */
export type Slot = {
  /** The local day; of a week its Monday, so that another weekday or hour makes no second slot of the same week or day. */
  key: Day;
  at: Instant;
};

/**
 * The newest slot at or before `now`. A time that the clock skips that day is as much later as the clock was put forward, and of
 * one that it shows twice the first counts.
 */
export function newestSlot(schedule: Schedule, now: Instant, timeZone: string): Slot {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const { weekday } = schedule;
  const back = weekday === null ? 0 : (today.dayOfWeek - weekday + 7) % 7;
  const newest = slotOn(today.subtract({ days: back }), schedule, timeZone);
  if (newest.at <= now) return newest;
  return slotOn(today.subtract({ days: back + (weekday === null ? 1 : 7) }), schedule, timeZone);
}

/** The first slot after `now`. */
export function nextSlot(schedule: Schedule, now: Instant, timeZone: string): Slot {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const { weekday } = schedule;
  const ahead = weekday === null ? 0 : (weekday - today.dayOfWeek + 7) % 7;
  const next = slotOn(today.add({ days: ahead }), schedule, timeZone);
  if (next.at > now) return next;
  return slotOn(today.add({ days: ahead + (weekday === null ? 1 : 7) }), schedule, timeZone);
}

/** The slot that is to be run at `now`, unless it has been: the newest, while it isn't later than that. */
export function dueSlot(schedule: Schedule, now: Instant, timeZone: string, lateMs: number): Slot | null {
  const slot = newestSlot(schedule, now, timeZone);
  return now - slot.at <= lateMs ? slot : null;
}

function slotOn(date: Temporal.PlainDate, { hour, minute, weekday }: Schedule, timeZone: string): Slot {
  const at = date.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour, minute) }).epochMilliseconds;
  const keyDay = weekday === null ? date : date.subtract({ days: date.dayOfWeek - 1 });
  return { key: keyDay.toString(), at };
}
