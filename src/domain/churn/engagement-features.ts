import type { ActivityView } from './activity-view.ts';
import { counted, type Feature } from './feature.ts';

const group = 'engagement';

/** From what the member did. Counts are logarithms of rates: ten instead of one is as much as a hundred instead of ten. */
export const engagementFeatures: readonly Feature[] = [
  ofActivity({
    name: 'activities in 7 days',
    topic: 'level',
    relative: true,
    prior: -0.05,
    value: ({ last7, seenDays }) => logRate(last7, 7, seenDays),
    words: ({ last7, seenDays }) => `${counted(last7, 'activity', 'activities')} ${lastDays(7, seenDays)}`,
  }),
  ofActivity({
    name: 'activities in 28 days',
    topic: 'level',
    relative: true,
    bends: true,
    prior: -0.05,
    value: ({ last28, seenDays }) => logRate(last28, 28, seenDays),
    words: ({ last28, seenDays }) => `${counted(last28, 'activity', 'activities')} ${lastDays(28, seenDays)}`,
  }),
  ofActivity({
    name: 'active days in 7',
    topic: 'level',
    relative: true,
    prior: 0,
    value: ({ activeDays7, seenDays }) => activeDays7 / Math.min(7, seenDays),
    words: ({ activeDays7, seenDays }) => `${counted(activeDays7, 'active day')} ${lastDays(7, seenDays)}`,
  }),
  ofActivity({
    name: 'active days in 28',
    topic: 'level',
    relative: true,
    bends: true,
    prior: -0.2,
    value: ({ activeDays28, seenDays }) => activeDays28 / Math.min(28, seenDays),
    words: ({ activeDays28, seenDays }) => `${counted(activeDays28, 'active day')} ${lastDays(28, seenDays)}`,
  }),
  ofActivity({
    name: 'change against earlier weeks',
    topic: 'trend',
    relative: true,
    bends: true,
    prior: -0.1,
    value: ({ last7, earlierPerWeek }) =>
      earlierPerWeek === null ? null : Math.log1p(last7) - Math.log1p(earlierPerWeek),
    words: ({ last7, earlierPerWeek }) =>
      `${counted(last7, 'activity', 'activities')} in the last 7 days, ` +
      `${(earlierPerWeek ?? 0).toFixed(1)} a week in the weeks before`,
  }),
  ofActivity({
    name: 'change of active days',
    topic: 'trend',
    relative: true,
    prior: -0.1,
    value: ({ activeDays14, activeDaysBefore }) =>
      activeDaysBefore === null ? null : activeDays14 / 2 - activeDaysBefore / 4,
    words: ({ activeDays14, activeDaysBefore }) =>
      `${counted(activeDaysBefore ?? 0, 'active day')} in the 4 weeks before, ${activeDays14} in the last 2`,
  }),
  ofActivity({
    name: 'days since the last activity',
    topic: 'silence',
    relative: true,
    bends: true,
    prior: 0.1,
    value: ({ silentDays }) => (silentDays === null ? null : Math.log1p(silentDays)),
    words: ({ silentDays }) => `${counted(silentDays ?? 0, 'day')} since the last activity`,
  }),
  ofActivity({
    name: 'silence against the usual',
    topic: 'silence',
    relative: true,
    prior: 0.05,
    value: ({ silentDays, usualGapDays }) =>
      silentDays === null || usualGapDays === null ? null : Math.log1p(silentDays / Math.max(1, usualGapDays)),
    words: ({ silentDays, usualGapDays }) =>
      `${counted(silentDays ?? 0, 'day')} since the last activity, usually ${(usualGapDays ?? 0).toFixed(1)}`,
  }),
  ofActivity({
    name: 'never active',
    topic: 'silence',
    flag: true,
    prior: 0.3,
    value: ({ silentDays }) => Number(silentDays === null),
    words: ({ seenDays }) => `never active in ${counted(seenDays, 'day')}`,
  }),
  ofActivity({
    name: 'channels',
    topic: 'breadth',
    relative: true,
    prior: -0.1,
    value: ({ channels }) => Math.log1p(channels),
    words: ({ channels, seenDays }) => `active in ${counted(channels, 'channel')} ${lastDays(28, seenDays)}`,
  }),
];

/** What a company counts apart; `valued` where its values tell more than how often it happens. */
export type ActivityKind = { kind: string; valued: boolean };

/** What happens of each kind may say something of its own, in either direction. */
export function kindFeatures({ kind, valued }: ActivityKind): Feature[] {
  const ofKind = (view: ActivityView) => view.kinds.get(kind) ?? { count: 0, value: 0 };
  const shared = { topic: `kind ${kind}`, relative: true, prior: 0 };
  const count = ofActivity({
    ...shared,
    name: `${kind}: times in 28 days`,
    value: (view) => logRate(ofKind(view).count, 28, view.seenDays),
    words: (view) => `${kind}: ${counted(ofKind(view).count, 'time')} ${lastDays(28, view.seenDays)}`,
  });
  const value = ofActivity({
    ...shared,
    name: `${kind}: value in 28 days`,
    value: (view) => logRate(ofKind(view).value, 28, view.seenDays),
    words: (view) => `${kind}: ${ofKind(view).value.toLocaleString('en')} in all ${lastDays(28, view.seenDays)}`,
  });
  return valued ? [count, value] : [count];
}

type ActivityFeature = Omit<Feature, 'group' | 'value' | 'words'> & {
  value(activity: ActivityView): number | null;
  words(activity: ActivityView): string;
};

/** Unknown where the activity is. */
function ofActivity({ value, words, ...rest }: ActivityFeature): Feature {
  return {
    ...rest,
    group,
    value: ({ activity }) => (activity === null ? null : value(activity)),
    words: ({ activity }) => (activity === null ? '' : words(activity)),
  };
}

/** A window in words: no longer than somebody could be seen. */
function lastDays(windowDays: number, seenDays: number): string {
  if (seenDays >= windowDays) return `in the last ${windowDays} days`;
  return seenDays === 1 ? 'on the one day seen so far' : `in the ${seenDays} days seen so far`;
}

/**
 * Whoever was seen for less than the window counts as if it had gone on so, but at most four times; a negative sum keeps
 * its sign.
 */
function logRate(amount: number, windowDays: number, seenDays: number): number {
  const whole = amount * Math.min(4, Math.max(1, windowDays / seenDays));
  return Math.sign(whole) * Math.log1p(Math.abs(whole));
}
