import type { Instant } from './facts.ts';

/** How far a list that comes newest first is read: in readings, each from the newest activity back to where the last began. */
export type WhopProgress = {
  channelId: string;
  /** Every activity up to it is stored; null until the first reading is through. */
  readTo: Instant | null;
  /** Where the reading under way goes on; null where none is. */
  cursor: string | null;
  /** Of the newest activity that this reading has found. */
  newest: Instant | null;
};

/** What is read of a page: the times of its rows, and where the list goes on. */
type PageTimes = { times: readonly Instant[]; next: string | null };

/** Whoever posts at the same moment may be shown a little later than the others. */
const overlapMs = 60_000;

/** How far back a reading goes: where the last one began, or as far as history is wanted. */
export function readsBackTo({ readTo }: WhopProgress, firstFrom: Instant): Instant {
  return readTo === null ? firstFrom : readTo - overlapMs;
}

/** How far the list is read with one more page. */
export function behindPage(before: WhopProgress, { times, next }: PageTimes, backTo: Instant): WhopProgress {
  const newest = before.newest ?? (times.length === 0 ? null : Math.max(...times));
  const isThrough = next === null || times.some((at) => at < backTo);
  if (!isThrough) return { ...before, cursor: next, newest };
  return { ...before, readTo: newest ?? before.readTo ?? backTo, cursor: null, newest: null };
}
