import { type Day, dayOf, type Stretch, weeksUpTo } from '../../domain/calendar.ts';
import { cashFigures } from '../../domain/cash-figures.ts';
import type { DigestKey, digestMovements } from '../../domain/digest.ts';
import { noAccounts } from '../../domain/engagement/account-set.ts';
import { type ActivityView, activePeople, kindsIn, peopleAmong } from '../../domain/engagement/activity-view.ts';
import type { Value } from '../../domain/figure-value.ts';
import { memberFigures } from '../../domain/member-figures.ts';
import { recurringFigures } from '../../domain/recurring-figures.ts';
import { noSums, type View } from '../../domain/sums.ts';
import { readActiveAccounts } from '../../store/active-accounts.ts';
import { readFirstDays, readKindsByDay } from '../../store/activity-days.ts';
import { readKeptMonths } from '../../store/kept-months.ts';
import { readLinkedAccounts } from '../../store/known-people.ts';
import { readStretchSums, wholeMonths } from '../../store/stretch-sums.ts';
import type { Frame } from '../frame.ts';

type WeekKey = DigestKey | (typeof digestMovements)[number] | 'joined' | 'left' | 'messages';

export type Week = {
  day: Day;
  figures: Record<WeekKey, Value>;
  /** Whether anything is known since its first day or longer: of books, and of activity. */
  known: { books: boolean; activity: boolean };
};

/** The reported week, and a quarter of history that it is judged by. */
const weekCount = 14;

/** The figures of the reported week and of those before it, oldest first. */
export async function loadWeeks(frame: Frame): Promise<Week[]> {
  const { client, question, period, head } = frame;
  const stretches = weeksUpTo(period, weekCount, head.timeZone);
  const [views, activity, first] = await Promise.all([
    loadBooks(frame, stretches),
    loadActivity(frame, stretches),
    readFirstDays(client, question.companyId),
  ]);
  return views.map((view): Week => {
    const day = dayOf(view.stretch.start, head.timeZone);
    const since = (begin: Day | null) => begin !== null && begin <= day;
    const figures = figuresOf(view, { ...activity, firstDay: first.activity, stretch: view.stretch });
    return { day, figures, known: { books: since(first.books), activity: since(first.activity) } };
  });
}

/** Before anything was listened to, nobody knows that nobody did anything. */
const unheard: Value = { value: null, unavailable: 'nothing was heard from Discord or Whop’s chat until then' };

function figuresOf(view: View, activity: ActivityView): Record<WeekKey, Value> {
  const heard = dayOf(view.stretch.asOf, activity.timeZone) < (activity.firstDay ?? '9999') ? unheard : null;
  const recurring = recurringFigures(view);
  const { members, joined, left } = memberFigures(view);
  return {
    mrr: recurring.mrr,
    net_revenue: cashFigures(view).net_revenue,
    paying_customers: recurring.paying_customers,
    members,
    active_members: heard ?? { value: peopleAmong(activity, activePeople(activity)) },
    customer_churn_rate: recurring.customer_churn_rate,
    new_mrr: recurring.new_mrr,
    expansion_mrr: recurring.expansion_mrr,
    reactivation_mrr: recurring.reactivation_mrr,
    contraction_mrr: recurring.contraction_mrr,
    churn_mrr: recurring.churn_mrr,
    joined,
    left,
    messages: heard ?? { value: kindsIn(activity).get('message')?.count ?? 0 },
  };
}

/** A complete week ends where a day does: the sums of its days have nothing too much. */
const noEdge = Promise.resolve({ day: new Map(), kept: new Map() });

async function loadBooks({ client, asked, head, question }: Frame, stretches: readonly Stretch[]): Promise<View[]> {
  const edged = stretches.map((stretch) => ({ stretch, edge: noEdge }));
  const cuts = stretches.flatMap((stretch) => wholeMonths(stretch, head.timeZone));
  const sums = await readStretchSums(client, asked, { stretches: edged, months: readKeptMonths(client, asked, cuts) });
  return stretches.map((stretch, n) => ({
    stretch,
    sums: sums[n] ?? noSums,
    currency: head.currency,
    now: question.now,
    membershipsAsOf: head.membershipsAsOf,
    monthlyChurnRates: [],
  }));
}

async function loadActivity(
  { client, question: { companyId }, head: { timeZone } }: Frame,
  stretches: readonly Stretch[],
): Promise<Omit<ActivityView, 'stretch'>> {
  const days = stretches.flatMap(({ start, asOf }) => [dayOf(start, timeZone), dayOf(asOf, timeZone)]);
  const range = { companyId, first: days.at(0) ?? '', last: days.at(-1) ?? '' };
  const [linked, kinds, people] = await Promise.all([
    readLinkedAccounts(client, companyId),
    readKindsByDay(client, range),
    readActiveAccounts(client, range),
  ]);
  const ofDay = (day: Day) => people.get(day) ?? noAccounts;
  const sums = new Map([...kinds].map(([day, own]) => [day, { kinds: own, people: ofDay(day) }]));
  return { timeZone, firstDay: null, days: sums, last: null, linked };
}
