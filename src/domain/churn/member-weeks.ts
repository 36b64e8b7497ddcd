import { addDays, type Day, startOfDay } from '../calendar.ts';
import type { Instant } from '../facts.ts';
import type { MemberHistory } from './member-history.ts';
import { mondayOf } from './monday-of.ts';

/** What somebody did and paid in one local week. */
export type MemberWeek = {
  /** Its Monday. */
  week: Day;
  /** Null where it can't be seen. */
  activities: number | null;
  billsPaid: number;
  billsFailed: number;
};

/** The last local weeks up to an instant, oldest first; the last one isn't complete. */
export function memberWeeks(
  { activity, bills }: Pick<MemberHistory, 'activity' | 'bills'>,
  { now, count, timeZone, observedFrom }: { now: Instant; count: number; timeZone: string; observedFrom: Instant },
): MemberWeek[] {
  const newest = mondayOf(now, timeZone);
  return Array.from({ length: count }, (_, i) => {
    const week = addDays(newest, -7 * (count - 1 - i));
    const [start, end] = [startOfDay(week, timeZone), Math.min(now, startOfDay(addDays(week, 7), timeZone))];
    const during = (at: Instant) => start <= at && at < end;
    const billed = bills.filter(({ at }) => during(at));
    const seen = activity?.filter(({ day }) => during(day)) ?? [];
    const isSeen = activity !== null && end > observedFrom;
    return {
      week,
      activities: isSeen ? seen.reduce((sum, { count: times }) => sum + times, 0) : null,
      billsPaid: billed.filter(({ failed }) => !failed).length,
      billsFailed: billed.filter(({ failed }) => failed).length,
    };
  });
}
