import type { PoolClient } from 'pg';
import { addDays, dayOf, type Month, monthOf, type Stretch } from '../domain/calendar.ts';
import { beginning, coverDays, type DayRange, firstWholeMonth } from '../domain/day-ranges.ts';
import {
  type Amounts,
  addAmounts,
  type ByCurrency,
  dayFlows,
  type Flow,
  flows,
  type Measure,
  measures,
  type Stock,
  stocks,
} from '../domain/measures.ts';
import type { ScopeSums } from '../domain/revenue-breakdown.ts';
import type { Scope } from '../domain/scope.ts';
import type { StretchSums } from '../domain/sums.ts';
import { type Asked, addTo, type Edge, type PlaceSums } from './book-edges.ts';
import { amountsIn, selectMeasures, selectSums } from './book-tables.ts';
import { columnsOf } from './columns-of.ts';
import { readKeptDays } from './kept-days.ts';
import { type KeptMonths, keptBetween } from './kept-months.ts';
import { byKeptCurrency, noneKept } from './kept-sums.ts';

/** A stretch with what its sums of whole days have too much or too little, which may be worked out meanwhile. */
export type EdgedStretch = { stretch: Stretch; edge: Promise<Edge> };

/** The sums of several stretches of one scope, in their order. */
export async function readStretchSums(
  client: PoolClient,
  asked: Asked & { scope: Scope },
  { stretches, months }: { stretches: readonly EdgedStretch[]; months: Promise<KeptMonths> },
): Promise<StretchSums[]> {
  const { scope } = asked;
  const [days, kept, keptMonths, edges] = await Promise.all([
    readDaySums(client, { ...asked, scopes: [scope], names: measures }, stretches),
    readKeptDays(
      client,
      asked,
      stretches.map(({ stretch }) => stretch),
    ),
    months,
    Promise.all(stretches.map(({ edge }) => edge)),
  ]);
  return stretches.map(({ stretch }, n) => {
    const edge = edges[n] ?? noEdge;
    const [opened, closed] = wholeMonths(stretch, asked.timeZone);
    const keptThen = [keptBetween(keptMonths, opened, closed), kept[n] ?? noneKept]
      .map((sums) => byKeptCurrency(sums, asked.currency))
      .reduce((a, b) => together(a, b), inScope(scope, edge.kept));
    return { ...standing(scope, days[n] ?? nothing, edge), kept: keptThen };
  });
}

type InScopes = Asked & { scopes: readonly Scope[] };

/** What stood and happened in each of several scopes over one stretch, of the measures named. */
export async function readScopeSums(
  client: PoolClient,
  asked: InScopes & { names: readonly Measure[] },
  stretch: EdgedStretch,
): Promise<ScopeSums> {
  const [[days = nothing], edge] = await Promise.all([readDaySums(client, asked, [stretch]), stretch.edge]);
  return new Map(asked.scopes.map((scope) => [scope, standing(scope, days, edge)]));
}

/** What has happened at any time. */
export async function readEverything(
  client: PoolClient,
  { companyId, scope }: Asked & { scope: Scope },
): Promise<ByCurrency<Flow>> {
  const { rows } = await client.query<{ currency: string } & Record<Flow, number>>(
    `select currency, ${selectSums(flows)} from book_day
     where company_id = $1 and scope = $2 and grain = 'month' group by currency`,
    [companyId, scope],
  );
  return new Map(rows.map((row) => [row.currency, amountsIn(flows, row)]));
}

/** What came before the first day of a stretch, and what is within its days. */
type Days = { before: PlaceSums<Stock>; within: PlaceSums<Measure> };

const nothing: Days = { before: new Map(), within: new Map() };
const noEdge: Edge = { day: new Map(), kept: new Map() };

function standing(scope: Scope, { before, within }: Days, edge: Edge): Omit<StretchSums, 'kept'> {
  const opening = inScope(scope, before);
  const during = together(inScope(scope, within), inScope(scope, edge.day));
  return {
    opening,
    closing: together(opening, only(stocks, during)),
    flows: only([...flows, ...dayFlows], during),
  };
}

function inScope<M extends string>(scope: Scope, places: PlaceSums<M>): Map<string, Amounts<M>> {
  return places.get(scope) ?? new Map();
}

function together<M extends string>(a: Map<string, Amounts<M>>, b: Map<string, Amounts<M>>): Map<string, Amounts<M>> {
  const sums = new Map(a);
  for (const [currency, amounts] of b) {
    const known = sums.get(currency);
    sums.set(currency, known === undefined ? amounts : addAmounts(known, amounts));
  }
  return sums;
}

function only<M extends Measure>(names: readonly M[], sums: Map<string, Amounts<Measure>>): Map<string, Amounts<M>> {
  return new Map([...sums].map(([currency, amounts]) => [currency, amountsIn(names, amounts)]));
}

async function readDaySums(
  client: PoolClient,
  asked: InScopes & { names: readonly Measure[] },
  stretches: readonly EdgedStretch[],
): Promise<Days[]> {
  const days = stretches.map(({ stretch }) => ({
    first: dayOf(stretch.start, asked.timeZone),
    last: dayOf(stretch.asOf, asked.timeZone),
  }));
  const [before, within] = await Promise.all([
    readRanges(client, asked, {
      names: stocks.filter((stock) => asked.names.includes(stock)),
      ranges: days.map(({ first }) => coverDays(beginning, addDays(first, -1))),
    }),
    readRanges(client, asked, { names: asked.names, ranges: days.map(({ first, last }) => coverDays(first, last)) }),
  ]);
  return days.map((_, n) => ({ before: before[n] ?? new Map(), within: within[n] ?? new Map() }));
}

type SumRow = { n: number; scope: Scope; currency: string };

/**
 * What each of several sets of ranges of days adds up to. Each range is a search of its own in the keys, whatever the planner
 * knows of the table.
 */
async function readRanges<M extends Measure>(
  client: PoolClient,
  { companyId, scopes }: InScopes,
  { names, ranges }: { names: readonly M[]; ranges: readonly (readonly DayRange[])[] },
): Promise<PlaceSums<M>[]> {
  const all = ranges.flatMap((own, n) => own.map((range) => ({ n, ...range })));
  const { rows } = await client.query<SumRow & Record<M, number>>(
    `select range.n, found.scope, found.currency, ${selectSums(names)}
     from unnest($2::text[]) as asked(scope)
       cross join unnest($3::int[], $4::text[], $5::date[], $6::date[]) as range(n, grain, first, last)
       cross join lateral (
         select scope, currency, ${selectMeasures(names)} from book_day sums where sums.company_id = $1 and sums.scope = asked.scope
           and sums.grain = range.grain and sums.day between range.first and range.last
         offset 0) found
     group by range.n, found.scope, found.currency`,
    [companyId, scopes, ...columnsOf(all, ['n', 'grain', 'first', 'last'])],
  );
  const places = ranges.map((): PlaceSums<M> => new Map());
  for (const row of rows) addTo(places[row.n] ?? new Map(), row.scope, row.currency, amountsIn(names, row));
  return places;
}

/** The whole months of a stretch: the first that begins within it, and the first that it doesn't reach the end of. */
export function wholeMonths({ start, asOf }: Stretch, timeZone: string): [opened: Month, closed: Month] {
  return [firstWholeMonth(dayOf(start, timeZone)), monthOf(addDays(dayOf(asOf, timeZone), 1))];
}
