import type { Instant } from '../facts.ts';
import type { Feature } from './feature.ts';
import { featureValues } from './features.ts';
import type { MemberHistory } from './member-history.ts';
import { viewBefore } from './member-view.ts';
import { labelKnownAt, leavesSoon, spellAt, spellsOf } from './spells.ts';

/** One member at one landmark: what was known before it, and what came of it. */
export type LearningRow = { memberId: string; landmark: Instant; values: Float64Array; left: boolean };

export type Observation = {
  landmarks: readonly Instant[];
  /** Labels are known as far as this. */
  knownUntil: Instant;
  /** Since when activity is collected. */
  observedFrom: Instant;
  /** Since when it is known who is a member: whoever left before was never seen. */
  historyStart: Instant;
};

/** A row for each landmark and membership that runs then, of which it is known whether the member left. */
export function learningRows(
  history: MemberHistory,
  features: readonly Feature[],
  { landmarks, knownUntil, observedFrom, historyStart }: Observation,
): LearningRow[] {
  const spells = spellsOf(history.memberships, historyStart);
  return landmarks
    .filter((landmark) => labelKnownAt(landmark) <= knownUntil)
    .flatMap((landmark) => {
      const spell = spellAt(spells, landmark);
      if (spell === undefined) return [];
      const running = history.memberships.filter(({ start, end }) => start <= landmark && landmark < end);
      return running.map(({ id }) => {
        const view = viewBefore(history, { membershipId: id, at: landmark, observedFrom });
        const values = featureValues(features, view);
        return { memberId: history.memberId, landmark, values, left: leavesSoon(spell, landmark) };
      });
    });
}
