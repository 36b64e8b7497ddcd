import type { SamplePlan } from './catalogue.ts';
import type { Chance } from './chance.ts';
import type { CancelOption, Happening, SampleMembership } from './sample.ts';
import { dayMs, minuteMs, type Seasons } from './seasons.ts';

export type Ending = {
  at: number;
  why: 'left' | 'unpaid' | 'refunded' | 'switched';
  /** The plan that is begun instead, and when. */
  next: { plan: SamplePlan; at: number } | null;
};

/** What happened in a stretch of a membership, and how it ended if it did. */
export type Outcome = { happenings: Happening[]; ending: Ending | null };

export const nothing: Outcome = { happenings: [], ending: null };

export type Stretch = { start: number; end: number };

export function deactivate(
  membership: SampleMembership,
  at: number,
  { why, next = null }: { why: Ending['why']; next?: Ending['next'] },
): Outcome {
  const canceledAt = membership.canceledAt ?? at;
  const ended: SampleMembership = { ...membership, status: 'canceled', canceledAt, updatedAt: at };
  return { happenings: [{ at, type: 'membership.deactivated', membership: ended }], ending: { at, why, next } };
}

/** A click on cancel within a stretch: the membership ends with its period, unless the click is taken back. */
export function cancel(membership: SampleMembership, rest: Stretch, seasons: Seasons, chance: Chance): Outcome {
  const at = momentWithin(rest, chance);
  const leaving: SampleMembership = {
    ...membership,
    status: membership.status === 'trialing' ? 'trialing' : 'canceling',
    cancelAtPeriodEnd: true,
    cancelOption: chance.weighted(cancelOptions),
    canceledAt: at,
    updatedAt: at,
  };
  const clicked: Happening = { at, type: 'membership.cancel_at_period_end_changed', membership: leaving };
  const regretAt = momentWithin({ start: at + minuteMs, end: rest.end }, chance);
  if (at >= seasons.legacyUntil && chance.happens(0.12)) {
    const staying: SampleMembership = { ...membership, updatedAt: regretAt };
    const tookBack: Happening = { at: regretAt, type: 'membership.cancel_at_period_end_changed', membership: staying };
    return { happenings: [clicked, tookBack], ending: null };
  }
  const end = deactivate(leaving, rest.end, { why: 'left' });
  return { happenings: [clicked, ...end.happenings], ending: end.ending };
}

const cancelOptions: readonly [[CancelOption, number], ...[CancelOption, number][]] = [
  ['too_expensive', 38],
  ['other', 24],
  ['missing_features', 16],
  ['switching', 12],
  ['technical_issues', 10],
];

/** A week for nothing: four in ten leave before it is over. */
export function liveTrial(membership: SampleMembership, trial: Stretch, seasons: Seasons, chance: Chance): Outcome {
  const remindAt = trial.end - 2 * dayMs;
  const reminded: Happening = {
    at: remindAt,
    type: 'membership.trial_ending_soon',
    membership: { ...membership, updatedAt: remindAt },
  };
  if (!chance.happens(0.42)) return { happenings: [reminded], ending: null };
  const leaving = cancel(membership, { start: remindAt + minuteMs, end: trial.end }, seasons, chance);
  return { happenings: [reminded, ...leaving.happenings], ending: leaving.ending };
}

export function momentWithin({ start, end }: Stretch, chance: Chance): number {
  const seconds = Math.max(0, Math.floor((end - start) / 1000) - 1);
  return start + chance.whole(0, seconds) * 1000;
}
