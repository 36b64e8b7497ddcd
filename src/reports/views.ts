import { completeMonths, type Day, daysOf, nextMonth, type Stretch } from '../domain/calendar.ts';
import type { Measure, Stock } from '../domain/measures.ts';
import type { Course, ScopeSums } from '../domain/revenue-breakdown.ts';
import type { ScopeKind } from '../domain/scope.ts';
import { noSums, peopleOf, type View } from '../domain/sums.ts';
import { readBookDays, readScopes } from '../store/book-days.ts';
import { type ChurnMonth, readChurnMonths } from '../store/churn-months.ts';
import { readKeptMonths } from '../store/kept-months.ts';
import { readScopeSums, readStretchSums, wholeMonths } from '../store/stretch-sums.ts';
import type { Frame } from './frame.ts';

/** The period and the one before it. */
export type Views = { now: View; before: View };

/** How many complete months a churn rate is averaged over at most. */
const churnMonths = 6;

export async function loadViews({ client, asked, head, question, period, edges }: Frame): Promise<Views> {
  const stretches = [
    { stretch: period, edge: edges.now() },
    { stretch: period.previous, edge: edges.before() },
  ];
  const monthsOf = ({ asOf }: Stretch) => completeMonths(asOf, churnMonths, head.timeZone);
  const months = [...new Set(stretches.flatMap(({ stretch }) => monthsOf(stretch)))];
  const cuts = stretches.flatMap(({ stretch }) => wholeMonths(stretch, head.timeZone));
  const kept = readKeptMonths(client, asked, [...cuts, ...months, ...months.map(nextMonth)]);
  const [churn, [now = noSums, before = noSums]] = await Promise.all([
    readChurnMonths(client, asked, { months, kept }),
    readStretchSums(client, asked, { stretches, months: kept }),
  ]);
  const view = (stretch: Stretch, sums: View['sums']): View => ({
    stretch,
    sums,
    currency: head.currency,
    now: question.now,
    membershipsAsOf: head.membershipsAsOf,
    monthlyChurnRates: monthsOf(stretch).flatMap((month) => churnRate(churn.get(month))),
  });
  return { now: view(period, now), before: view(period.previous, before) };
}

/** None of a month that nobody paid at the start of. */
function churnRate(month: ChurnMonth | undefined): number[] {
  return month === undefined || month.customers === 0 ? [] : [month.lost / month.customers];
}

/** How some measures went day by day over the period; `courseOf` puts it behind what stood at its start. */
export async function loadDays(frame: Frame, names: readonly Measure[]): Promise<Omit<Course, 'opening'>> {
  const { client, asked, period, head, edges } = frame;
  const days = await readBookDays(client, asked, { names, stretch: period, edge: edges.now() });
  return { days, all: daysOf(period, head.timeZone).map(({ day }): Day => day) };
}

export function courseOf({ now }: Views, days: Omit<Course, 'opening'>): Course {
  return { opening: now.sums.opening, ...days };
}

/** How many people a stock counted at the end of the period, and of the one before it. */
export async function loadStanding(
  { client, asked, period, edges }: Frame,
  stock: Stock,
): Promise<{ now: number; before: number }> {
  const standing = async (stretch: Stretch, edge: Frame['edges']['now']) => {
    const sums = await readScopeSums(
      client,
      { ...asked, scopes: [asked.scope], names: [stock] },
      { stretch, edge: edge() },
    );
    return peopleOf(sums.get(asked.scope)?.closing ?? new Map(), stock);
  };
  const [now, before] = await Promise.all([standing(period, edges.now), standing(period.previous, edges.before)]);
  return { now, before };
}

/** What stood and happened, of some measures, on each plan or product over the period; of a question for one plan alone, on that. */
export async function loadScopes(frame: Frame, kind: ScopeKind, names: readonly Measure[]): Promise<ScopeSums> {
  const { client, asked, period, question, edges } = frame;
  const only = kind === 'plan' && question.planId !== undefined;
  const scopes = only ? [asked.scope] : await readScopes(client, question.companyId, kind);
  return readScopeSums(client, { ...asked, scopes, names }, { stretch: period, edge: edges.now() });
}
