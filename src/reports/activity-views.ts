import { addDays, type Day, dayAround, dayOf, type LocalDay, type Stretch } from '../domain/calendar.ts';
import { noAccounts } from '../domain/engagement/account-set.ts';
import {
  type ActivityDay,
  type ActivityView,
  activePeople,
  activeWithin,
  windowOf,
} from '../domain/engagement/activity-view.ts';
import type { Instant } from '../domain/facts.ts';
import type { Stock } from '../domain/measures.ts';
import { readActiveAccounts } from '../store/active-accounts.ts';
import type { Counted } from '../store/active-channels.ts';
import { readFirstDay, readKindsByDay } from '../store/activity-days.ts';
import { hasActivities, readActivity, readKeptFrom } from '../store/kept-activities.ts';
import { countKnown, readLinkedAccounts } from '../store/known-people.ts';
import type { Frame } from './frame.ts';

/** What was done in the period and in the one before it. */
export type ActivityViews = {
  now: ActivityView;
  before: ActivityView;
  /** Since when single activities are kept. */
  keptFrom: Instant;
  /** Days that count whole, though their period ends within them: what was done when on them isn't kept. */
  wholeDays: Day[];
};

export async function loadActivity(frame: Frame): Promise<ActivityViews> {
  const { client, question, period, head } = frame;
  const { companyId } = question;
  const timeZone = head.timeZone;
  const range = { companyId, first: firstNeeded(period.previous, timeZone), last: dayOf(period.asOf, timeZone) };
  const [linked, firstDay, keptFrom, kinds, people] = await Promise.all([
    readLinkedAccounts(client, companyId),
    readFirstDay(client, companyId),
    readKeptFrom(client),
    readKindsByDay(client, range),
    readActiveAccounts(client, range),
  ]);
  const days = new Map([...kinds].map(([day, sums]) => [day, { kinds: sums, people: people.get(day) ?? noAccounts }]));
  const cut = [period, period.previous].flatMap((stretch) => cutDay(stretch, timeZone) ?? []);
  const [ofNow, ofBefore] = await Promise.all([
    countLastDay(frame, period, keptFrom),
    countLastDay(frame, period.previous, keptFrom),
  ]);
  const both = { timeZone, firstDay, days, linked };
  return {
    now: { ...both, stretch: period, last: ofNow },
    before: { ...both, stretch: period.previous, last: ofBefore },
    keptFrom,
    wholeDays: cut.filter(({ day, start }) => start < keptFrom && days.has(day)).map(({ day }) => day),
  };
}

/** The earliest day that any figure of a stretch is made of. */
function firstNeeded(stretch: Stretch, timeZone: string): Day {
  const [first = ''] = [dayOf(stretch.start, timeZone), ...windowOf(stretch, 'month', timeZone)].sort();
  return first;
}

/** The last day of a stretch that ends within it. */
function cutDay({ asOf, end }: Stretch, timeZone: string): LocalDay | null {
  const day = dayAround(asOf, timeZone);
  return end < day.end ? day : null;
}

/** What was done on the last day before the stretch ends within it; null where the sums of that day say it. */
async function countLastDay(
  { client, question: { companyId }, head }: Frame,
  stretch: Stretch,
  keptFrom: Instant,
): Promise<ActivityDay | null> {
  const day = cutDay(stretch, head.timeZone);
  if (day === null || day.start < keptFrom) return null;
  if (!(await hasActivities(client, companyId, { start: stretch.end, end: day.end }))) return null;
  return readActivity(client, companyId, { start: day.start, end: stretch.end });
}

/** Of which days of the period the sums count, and of which span the single activities do. */
export function countedDays({ question: { companyId }, period, head }: Frame, { now }: ActivityViews): Counted {
  const { day, start } = dayAround(period.asOf, head.timeZone);
  const first = dayOf(period.start, head.timeZone);
  if (now.last === null) return { companyId, first, last: day, single: { start, end: start } };
  return { companyId, first, last: addDays(day, -1), single: { start, end: period.end } };
}

/**
 * How many of those who were active are known on Whop, and how many of these a stock counts at the period's end; for the period
 * and the one before it.
 * @param window that people were active in: the period itself, or the last 30 days of it
 */
export function countActiveStanding(
  { client, asked }: Frame,
  { now, before }: ActivityViews,
  { stock, window }: { stock: Stock; window: 'period' | 'month' },
): ReturnType<typeof countKnown> {
  const moment = (view: ActivityView) => ({
    active: window === 'period' ? activePeople(view) : activeWithin(view, window),
    at: view.stretch.asOf,
  });
  return countKnown(client, { ...asked, stock }, { now: moment(now), before: moment(before) });
}
