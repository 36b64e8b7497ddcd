import type { Instant } from '../facts.ts';
import { type ActivityDay, dayMs } from './member-history.ts';

/** What a member did before an instant. Days are counted back from it: the last 7 are the days 1 to 7. */
export type ActivityView = {
  /** For how many days something could have been seen. */
  seenDays: number;
  last7: number;
  last28: number;
  /** A week on the average of the 8 before the last; null where less than one of them could be seen. */
  earlierPerWeek: number | null;
  activeDays7: number;
  activeDays14: number;
  activeDays28: number;
  /** In the 4 weeks before the last 2; null where they couldn't all be seen. */
  activeDaysBefore: number | null;
  /** Whole days since the last active one; null where there never was any. */
  silentDays: number | null;
  /** From one active day to the next on the average; null with fewer than three. */
  usualGapDays: number | null;
  /** In the last 28 days, as are the sums of each kind. */
  channels: number;
  kinds: ReadonlyMap<string, KindSums>;
};

type KindSums = { count: number; value: number };

const earlierWeeks = 8;
const farthestDays = 7 + 7 * earlierWeeks;

/** @param seenFrom since when the member's activity could be seen */
export function activityBefore(activity: readonly ActivityDay[], at: Instant, seenFrom: Instant): ActivityView {
  const recent = activity.filter(({ day }) => day < at && daysAgo(day, at) <= 28);
  const daily = countsByDay(activity, at);
  const counted = (least: number, most: number) => daily.slice(least, most + 1);
  const seenDays = Math.max(0, Math.round((at - seenFrom) / dayMs));
  const weeksBefore = Math.min(earlierWeeks, (seenDays - 7) / 7);
  return {
    seenDays,
    last7: sum(counted(1, 7)),
    last28: sum(counted(1, 28)),
    earlierPerWeek: weeksBefore < 1 ? null : sum(counted(8, farthestDays)) / weeksBefore,
    activeDays7: active(counted(1, 7)),
    activeDays14: active(counted(1, 14)),
    activeDays28: active(counted(1, 28)),
    activeDaysBefore: seenDays < 42 ? null : active(counted(15, 42)),
    ...rhythm(activity, at),
    channels: new Set(recent.map(({ channel }) => channel)).size,
    kinds: sumsByKind(recent),
  };
}

/** How many local days ago a day was: yesterday is 1. An hour that the clock was changed by makes no difference. */
function daysAgo(day: Instant, at: Instant): number {
  return Math.ceil((at - day) / dayMs - 1 / 12);
}

/** How much there was that many days ago. */
function countsByDay(activity: readonly ActivityDay[], at: Instant): Float64Array {
  const counts = new Float64Array(farthestDays + 1);
  for (const { day, count } of activity) {
    const ago = daysAgo(day, at);
    if (day < at && ago <= farthestDays) counts[ago] = (counts[ago] ?? 0) + count;
  }
  return counts;
}

/** Over all that is known of the member. */
function rhythm(activity: readonly ActivityDay[], at: Instant) {
  const agos = new Set<number>();
  for (const { day, count } of activity) if (day < at && count > 0) agos.add(daysAgo(day, at));
  const last = Math.min(...agos);
  return {
    silentDays: agos.size === 0 ? null : last - 1,
    usualGapDays: agos.size < 3 ? null : (Math.max(...agos) - last) / (agos.size - 1),
  };
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

function active(counts: Float64Array): number {
  return counts.reduce((days, count) => days + Number(count > 0), 0);
}

function sumsByKind(days: readonly ActivityDay[]): Map<string, KindSums> {
  const sums = new Map<string, KindSums>();
  for (const { kind, count, value } of days) {
    const before = sums.get(kind) ?? { count: 0, value: 0 };
    sums.set(kind, { count: before.count + count, value: before.value + value });
  }
  return sums;
}
