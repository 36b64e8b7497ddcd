import type { Band } from './churn/bands.ts';
import type { MemberView } from './churn/member-view.ts';

/** In the order in which they are looked at: a member is in the first one that holds. docs/churn.md publishes the rules. */
export const segments = [
  'scheduled to leave',
  'past due',
  'at risk',
  'new',
  'won back',
  'fading',
  'core',
  'quiet payer',
  'dormant',
] as const;
export type Segment = (typeof segments)[number];

export type SegmentFacts = {
  view: Pick<MemberView, 'tenureDays' | 'earlierSpells' | 'cancellation' | 'pastDue' | 'activity'>;
  /** Null of whoever isn't scored. */
  band: Band | null;
  /** Whether they pay now, in whatever currency. */
  pays: boolean;
};

const newDays = 30;
const wonBackDays = 90;
/** In the 4 weeks before the last 2: one a week. */
const fewestActiveDaysToFade = 4;
/** In the last 28 days: one a week. */
const fewestActiveDaysOfCore = 4;

const rules: Readonly<Record<Exclude<Segment, 'dormant'>, (facts: SegmentFacts) => boolean>> = {
  'scheduled to leave': ({ view }) => view.cancellation !== null,
  'past due': ({ view }) => view.pastDue,
  'at risk': ({ band }) => band === 'high',
  new: ({ view }) => view.tenureDays < newDays && view.earlierSpells === 0,
  'won back': ({ view }) => view.earlierSpells > 0 && view.tenureDays < wonBackDays,
  fading: ({ view }) => isFading(view),
  core: ({ view }) => (view.activity?.activeDays28 ?? 0) >= fewestActiveDaysOfCore,
  'quiet payer': ({ pays }) => pays,
};

export function segmentOf(facts: SegmentFacts): Segment {
  return segments.find((segment) => segment !== 'dormant' && rules[segment](facts)) ?? 'dormant';
}

/** Less than half as many active days a week as before. */
function isFading({ activity }: SegmentFacts['view']): boolean {
  const before = activity?.activeDaysBefore ?? 0;
  return before >= fewestActiveDaysToFade && (activity?.activeDays14 ?? 0) / 2 < before / 4 / 2;
}
