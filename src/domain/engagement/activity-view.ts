import { addDays, type Day, dayAround, dayOf, daysOf, type Stretch } from '../calendar.ts';
import { type AccountSet, hasAccount, noAccounts, unite } from './account-set.ts';
import { countPeople, type LinkedAccounts } from './people.ts';

/** How often something was done, and for how long, by its kind. */
export type KindSums = ReadonlyMap<string, { count: number; seconds: number }>;

export type ActivityDay = { kinds: KindSums; people: AccountSet };

const nothing: ActivityDay = { kinds: new Map(), people: noAccounts };

/** What was done on local days, who did it, and who is who. */
export type ActivityView = {
  stretch: Stretch;
  timeZone: string;
  /** The first day of which anything is known, of whatever sort; null where nothing is. */
  firstDay: Day | null;
  days: ReadonlyMap<Day, ActivityDay>;
  /** The last day as far as it belongs to the stretch, where that is not what `days` says of it. */
  last: ActivityDay | null;
  linked: readonly LinkedAccounts[];
};

/** Distinct people of "a week" and "a month". */
const windowDays = { week: 7, month: 30 } as const;

/** The local days from the first of a window to the one that a stretch ends on. */
export function windowOf({ asOf }: Stretch, window: keyof typeof windowDays, timeZone: string): Day[] {
  const last = dayOf(asOf, timeZone);
  const { [window]: length } = windowDays;
  return Array.from({ length }, (_, i) => addDays(last, i + 1 - length));
}

/** Who was active in the last 7 or 30 local days. */
export function activeWithin(view: ActivityView, window: keyof typeof windowDays): AccountSet {
  return activeOn(view, windowOf(view.stretch, window, view.timeZone));
}

/** Who was active in the stretch. */
export function activePeople(view: ActivityView): AccountSet {
  return activeOn(
    view,
    daysOf(view.stretch, view.timeZone).map(({ day }) => day),
  );
}

/** Whether one account was active on a whole local day, from one to another. */
export function wasActive(
  { days }: Pick<ActivityView, 'days'>,
  account: number,
  { firstDay, lastDay }: { firstDay: Day; lastDay: Day },
): boolean {
  for (const [day, { people }] of days)
    if (firstDay <= day && day <= lastDay && hasAccount(people, account)) return true;
  return false;
}

function activeOn(view: ActivityView, days: readonly Day[]): AccountSet {
  return unite(days.map((day) => onDay(view, day).people));
}

function onDay({ stretch, timeZone, days, last }: ActivityView, day: Day): ActivityDay {
  return (last !== null && day === dayOf(stretch.asOf, timeZone) ? last : days.get(day)) ?? nothing;
}

export function peopleAmong(view: ActivityView, set: AccountSet): number {
  return countPeople(set, view.linked);
}

type DayCounts = { day: Day; messages: number; people: number; isComplete: boolean };

/** Each day of the stretch; one that the stretch cuts short is none of the complete ones. */
export function dayCounts(view: ActivityView): DayCounts[] {
  return daysOf(view.stretch, view.timeZone).map(({ day, start, end }) => {
    const { kinds, people } = onDay(view, day);
    return {
      day,
      messages: kinds.get('message')?.count ?? 0,
      people: peopleAmong(view, people),
      isComplete: end === dayAround(start, view.timeZone).end,
    };
  });
}

/** What was done in the stretch, by kind. */
export function kindsIn(view: ActivityView): KindSums {
  const sums = new Map<string, { count: number; seconds: number }>();
  for (const { day } of daysOf(view.stretch, view.timeZone)) {
    for (const [kind, { count, seconds }] of onDay(view, day).kinds) {
      const known = sums.get(kind) ?? { count: 0, seconds: 0 };
      sums.set(kind, { count: known.count + count, seconds: known.seconds + seconds });
    }
  }
  return sums;
}
