import { completeMonths, type Day, daysOf, type Stretch } from '../domain/calendar.ts';
import type { Measure } from '../domain/measures.ts';
import type { Course, ScopeSums } from '../domain/revenue-breakdown.ts';
import type { ScopeKind } from '../domain/scope.ts';
import { noSums, peopleOf, type StretchSums, type View } from '../domain/sums.ts';
import { readBookDays, readScopes } from '../store/book-days.ts';
import { noEdge, readEdge } from '../store/book-edges.ts';
import { readScopeSums, readStretchSums } from '../store/stretch-sums.ts';
import type { Frame } from './frame.ts';

/** How many complete months a churn rate is averaged over at most. */
const churnMonths = 6;

/** One stretch of what is asked for. */
export async function loadView({ client, asked, head, question }: Frame, stretch: Stretch): Promise<View> {
  const months = completeMonths(stretch.asOf, churnMonths, head.timeZone);
  const own = { stretch, edge: await readEdge(client, asked, stretch) };
  const whole = months.map((month) => ({ stretch: month, edge: noEdge }));
  const [sums = noSums, ...monthly] = await readStretchSums(client, asked, [own, ...whole]);
  return {
    stretch,
    sums,
    currency: head.currency,
    now: question.now,
    membershipsAsOf: head.membershipsAsOf,
    monthlyChurnRates: monthly.flatMap(churnRate),
  };
}

/** None of a month that nobody paid at the start of. */
function churnRate({ opening, kept }: StretchSums): number[] {
  const customers = peopleOf(opening, 'paying_customers');
  return customers === 0 ? [] : [peopleOf(kept, 'lost_customers') / customers];
}

/** How some measures went day by day over the period. */
export async function loadCourse(
  { client, asked, period, head }: Frame,
  view: View,
  names: readonly Measure[],
): Promise<Course> {
  const edge = await readEdge(client, asked, period);
  const days = await readBookDays(client, asked, { names, stretch: period, edge });
  const all = daysOf(period, head.timeZone).map(({ day }): Day => day);
  return { opening: view.sums.opening, days, all };
}

/** What stood and happened on each plan, or product, over the period; of a question for one plan alone, on that. */
export async function loadScopes(frame: Frame, kind: ScopeKind): Promise<ScopeSums> {
  const { client, asked, period, question } = frame;
  const only = kind === 'plan' && question.planId !== undefined;
  const scopes = only ? asked.scopes : await readScopes(client, question.companyId, kind);
  const edge = await readEdge(client, { ...asked, scopes }, period);
  return readScopeSums(client, { ...asked, scopes }, { stretch: period, edge });
}
