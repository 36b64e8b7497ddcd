import type { MembershipRecord } from './membership-record.ts';
import type { OnSpan } from './membership-spans.ts';
import { type MrrTimeline, totalOf } from './timeline.ts';

/** When somebody has at least one of these memberships on: spans that don't touch, in their order. */
export function presence(records: readonly MembershipRecord[]): OnSpan[] {
  const spans: OnSpan[] = [];
  for (const record of records) spans.push(...record.spans);
  return union(spans);
}

/** When somebody pays, in whatever currency. */
export function payingSpans(timeline: MrrTimeline): OnSpan[] {
  const spans: OnSpan[] = [];
  for (const states of timeline.values()) {
    for (const [i, state] of states.entries()) {
      const end = states[i + 1]?.at ?? Number.POSITIVE_INFINITY;
      if (totalOf(state) > 0) spans.push({ start: state.at, end });
    }
  }
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
