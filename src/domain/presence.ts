import type { MembershipRecord } from './membership-record.ts';
import type { OnSpan } from './membership-spans.ts';
import { type MrrTimeline, totalOf } from './timeline.ts';

/** When somebody has at least one of these memberships on: spans that don't touch, in their order. */
export function presence(records: readonly MembershipRecord[]): OnSpan[] {
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
