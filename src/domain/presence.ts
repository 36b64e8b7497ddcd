import type { CustomerBook } from './books.ts';
import { addDays, type Day, dayOf, type Stretch, startOfDay } from './calendar.ts';
import type { Instant } from './facts.ts';
import type { MembershipRecord } from './membership-record.ts';
import type { OnSpan } from './membership-spans.ts';
import { type MrrTimeline, totalOf } from './timeline.ts';

/** When somebody has at least one of these memberships on: spans that don't touch, in their order. */
function presence(records: readonly MembershipRecord[]): OnSpan[] {
  return union(records.flatMap(({ spans }) => spans));
}

/** When somebody pays, in whatever currency. */
export function payingSpans(timeline: MrrTimeline): OnSpan[] {
  const spans = [...timeline.values()].flatMap((states) =>
    states.flatMap((state, i): OnSpan[] =>
      totalOf(state) > 0 ? [{ start: state.at, end: states[i + 1]?.at ?? Number.POSITIVE_INFINITY }] : [],
    ),
  );
  return union(spans);
}

function union(spans: readonly OnSpan[]): OnSpan[] {
  const merged: OnSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || last.end < span.start) merged.push({ ...span });
    else last.end = Math.max(last.end, span.end);
  }
  return merged;
}

export function isOn(spans: readonly OnSpan[], at: Instant): boolean {
  return spans.some(({ start, end }) => start <= at && at < end);
}

/** A day at whose end somebody is there who wasn't at the end of the day before, or the other way round. */
export type DayChange = { day: Day; came: boolean };

/** The changes between the ends of consecutive days up to an instant, which ends its day early. Oldest first. */
export function dayChanges(spans: readonly OnSpan[], until: Instant, timeZone: string): DayChange[] {
  const edges = spans.flatMap(({ start, end }) => [start, end]).filter((edge) => edge <= until);
  return [...new Set(edges.map((edge) => dayOf(edge, timeZone)))].sort().flatMap((day) => {
    const dayEnd = startOfDay(addDays(day, 1), timeZone) - 1;
    const before = isOn(spans, startOfDay(day, timeZone) - 1);
    const after = isOn(spans, Math.min(dayEnd, until));
    return before === after ? [] : [{ day, came: after }];
  });
}

export type Comings = { came: number; went: number };

/** How often somebody came and went within a stretch, comparing the ends of consecutive days. */
function comings(spans: readonly OnSpan[], { start, asOf }: Stretch, timeZone: string): Comings {
  const first = dayOf(start, timeZone);
  const changes = dayChanges(spans, asOf, timeZone).filter(({ day }) => day >= first);
  const came = changes.filter((change) => change.came).length;
  return { came, went: changes.length - came };
}

/** Comings and goings of everybody together. */
export function allComings(everybody: readonly (readonly OnSpan[])[], stretch: Stretch, timeZone: string): Comings {
  const each = everybody.map((spans) => comings(spans, stretch, timeZone));
  return {
    came: each.reduce((sum, { came }) => sum + came, 0),
    went: each.reduce((sum, { went }) => sum + went, 0),
  };
}

/** The presence of each customer, in memberships of a kind where one is given. */
export function presences(
  customers: readonly CustomerBook[],
  which: (record: MembershipRecord) => boolean = () => true,
): OnSpan[][] {
  return customers.map(({ records }) => presence(records.filter(which))).filter((spans) => spans.length > 0);
}
