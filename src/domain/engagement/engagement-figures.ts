import { ratio, type Value } from '../figure-value.ts';
import { type ActivityView, activePeople, activeWithin, dayCounts, kindsIn, peopleAmong } from './activity-view.ts';

export type ReachKey = 'messages' | 'dau' | 'wau' | 'mau';
export type EngagementKey =
  | ReachKey
  | 'active_members'
  | 'messages_per_active'
  | 'stickiness'
  | 'paying_active_share'
  | 'newcomer_activation'
  | 'reactions'
  | 'forum_posts'
  | 'voice_minutes'
  | 'livestream_attendance'
  | 'reward_submissions';

/** How many of some people did something. */
export type Part = { some: number; all: number };

/** What is known of customers beside what was done: of those who pay at the stretch's end, and of its newcomers, who was active. */
export type ActiveCustomers = { paying: Part; newcomers: Part };

/** How much is written, and how many are reached by a day, a week and a month. */
export function reachFigures(view: ActivityView): Record<ReachKey, Value> {
  return {
    messages: { value: kindsIn(view).get('message')?.count ?? 0 },
    dau: dailyActive(view),
    wau: { value: peopleAmong(view, activeWithin(view, 'week')) },
    mau: { value: peopleAmong(view, activeWithin(view, 'month')) },
  };
}

/** The mean over complete days; none before anything was known. */
function dailyActive(view: ActivityView): Value {
  const first = view.firstDay;
  const days = first === null ? [] : dayCounts(view).filter(({ day, isComplete }) => isComplete && day >= first);
  const people = days.reduce((sum, day) => sum + day.people, 0);
  return ratio(people, days.length, 'there was no complete day in this period since anything is known');
}

export function engagementFigures(
  view: ActivityView,
  { paying, newcomers }: ActiveCustomers,
): Record<EngagementKey, Value> {
  const kinds = kindsIn(view);
  const countOf = (kind: string): Value => ({ value: kinds.get(kind)?.count ?? 0 });
  const active = peopleAmong(view, activePeople(view));
  const reach = reachFigures(view);
  return {
    ...reach,
    active_members: { value: active },
    messages_per_active: ratio(reach.messages.value ?? 0, active, 'nobody was active in this period'),
    stickiness: stickiness(reach),
    paying_active_share: ratio(paying.some, paying.all, 'nobody pays at the end of this period'),
    newcomer_activation: ratio(newcomers.some, newcomers.all, noNewcomers),
    reactions: countOf('reaction'),
    forum_posts: countOf('forum_post'),
    voice_minutes: {
      value: Math.round(((kinds.get('voice')?.seconds ?? 0) + (kinds.get('stage')?.seconds ?? 0)) / 60),
    },
    livestream_attendance: countOf('stage'),
    reward_submissions: { value: null, unavailable: 'Whop’s API doesn’t tell of reward submissions' },
  };
}

const noNewcomers = 'nobody became a member for the first time in this period and at least 7 days before its end';

function stickiness({ dau, mau }: Record<ReachKey, Value>): Value {
  if (dau.value === null) return dau;
  return ratio(dau.value, mau.value ?? 0, 'nobody was active in the last 30 days');
}
