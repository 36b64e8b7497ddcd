import type { Instant } from '../facts.ts';
import { dayMs } from './member-history.ts';

/** A stretch of being a member, half-open, over whichever memberships; `end` is Infinity as long as it lasts. */
export type Spell = {
  start: Instant;
  end: Instant;
  /** From when on anybody would have seen it end: its start, or where the history begins if that is later. */
  entry: Instant;
};

type Stretch = { start: Instant; end: Instant };

export const horizonDays = 30;
/** Who is back within this many days hasn't left. */
const mergeDays = 7;
const horizonMs = horizonDays * dayMs;
const mergeMs = mergeDays * dayMs;

/** Memberships that overlap, follow each other or are taken up again within the merge time make one spell. */
export function spellsOf(stretches: readonly Stretch[], historyStart: Instant = Number.NEGATIVE_INFINITY): Spell[] {
  const spells: Spell[] = [];
  for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
    const last = spells.at(-1);
    if (last !== undefined && start <= last.end + mergeMs) last.end = Math.max(last.end, end);
    else spells.push({ start, end, entry: Math.max(start, historyStart) });
  }
  return spells.filter(({ end, entry }) => end > entry);
}

/** The spell that somebody is in at an instant; none before it was seen. */
export function spellAt(spells: readonly Spell[], at: Instant): Spell | undefined {
  return spells.find(({ entry, end }) => entry <= at && at < end);
}

/** Whether a spell that lasts at the landmark ends within 30 days. */
export function leavesSoon({ end }: Spell, landmark: Instant): boolean {
  return end <= landmark + horizonMs;
}

/** From when on that is certain: until then somebody who left may still be back in time. */
export function labelKnownAt(landmark: Instant): Instant {
  return landmark + horizonMs + mergeMs;
}
