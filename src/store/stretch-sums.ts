import type { PoolClient } from 'pg';
import { addDays, dayOf, type Stretch } from '../domain/calendar.ts';
import { beginning, coverDays, coverUntil } from '../domain/day-ranges.ts';
import {
  type Amounts,
  type ByCurrency,
  dayFlows,
  type Flow,
  flows,
  type KeptMeasure,
  keptMeasures,
  type Measure,
  measures,
  stocks,
} from '../domain/measures.ts';
import type { ScopeSums } from '../domain/revenue-breakdown.ts';
import type { Scope } from '../domain/scope.ts';
import type { StretchSums } from '../domain/sums.ts';
import { type Asked, addTo, type Edge, type PlaceSums, placeKey } from './book-edges.ts';
import { amountsIn, selectSums } from './book-tables.ts';

/** A stretch with what its sums of whole days have too much or too little. */
export type EdgedStretch = { stretch: Stretch; edge: Edge };

/** The sums of several stretches of one scope, in their order. */
export async function readStretchSums(
  client: PoolClient,
  asked: Asked,
  stretches: readonly EdgedStretch[],
): Promise<StretchSums[]> {
  const days = await readDaySums(client, asked, stretches);
  const kept = await readKeptSums(client, asked, stretches);
  const [scope = ''] = asked.scopes;
  return stretches.map(({ edge }, n) => {
    const keptThen = together(inScope(scope, kept[n] ?? new Map()), inScope(scope, edge.kept));
    return { ...standing(scope, days[n] ?? nothing, edge), kept: keptThen };
  });
}

/** What stood and happened in each of several scopes over one stretch. */
export async function readScopeSums(client: PoolClient, asked: Asked, stretch: EdgedStretch): Promise<ScopeSums> {
  const [days = nothing] = await readDaySums(client, asked, [stretch]);
  return new Map(asked.scopes.map((scope) => [scope, standing(scope, days, stretch.edge)]));
}

/** What has happened at any time. */
export async function readEverything(client: PoolClient, { companyId, scopes }: Asked): Promise<ByCurrency<Flow>> {
  const { rows } = await client.query<{ currency: string } & Record<Flow, number>>(
    `select currency, ${selectSums(flows)} from book_day
     where company_id = $1 and scope = any($2) and grain = 'month' group by currency`,
    [companyId, scopes],
  );
  return new Map(rows.map((row) => [row.currency, amountsIn(flows, row)]));
}

/** What came before the first day of a stretch, and what is within its days. */
type Days = { before: PlaceSums<Measure>; within: PlaceSums<Measure> };

const nothing: Days = { before: new Map(), within: new Map() };

function standing(scope: Scope, { before, within }: Days, edge: Edge): Omit<StretchSums, 'kept'> {
  const opening = inScope(scope, before);
  const during = together(inScope(scope, within), inScope(scope, edge.day));
  return {
    opening: only(stocks, opening),
    closing: only(stocks, together(opening, during)),
    flows: only([...flows, ...dayFlows], during),
  };
}

function inScope<M extends string>(scope: Scope, places: PlaceSums<M>): Map<string, Amounts<M>> {
  const prefix = placeKey(scope, '');
  return new Map(
    [...places].flatMap(([key, amounts]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), amounts]] : [])),
  );
}

function together<M extends string>(a: Map<string, Amounts<M>>, b: Map<string, Amounts<M>>): Map<string, Amounts<M>> {
  const sums = new Map(a);
  for (const [currency, amounts] of b) addTo(sums, currency, amounts);
  return sums;
}

function only<M extends Measure>(names: readonly M[], sums: Map<string, Amounts<Measure>>): Map<string, Amounts<M>> {
  return new Map([...sums].map(([currency, amounts]) => [currency, amountsIn(names, amounts)]));
}

type SumRow = { n: number; scope: Scope; currency: string };

async function readDaySums(
  client: PoolClient,
  { companyId, scopes, timeZone }: Asked,
  stretches: readonly EdgedStretch[],
): Promise<Days[]> {
  const ranges = stretches.flatMap(({ stretch }, n) => {
    const [first, last] = [dayOf(stretch.start, timeZone), dayOf(stretch.asOf, timeZone)];
    return [
      ...coverDays(beginning, addDays(first, -1)).map((range) => ({ n, before: true, ...range })),
      ...coverDays(first, last).map((range) => ({ n, before: false, ...range })),
    ];
  });
  const { rows } = await client.query<SumRow & { before: boolean } & Record<Measure, number>>(
    `select range.n, range.before, sums.scope, sums.currency, ${selectSums(measures)}
     from unnest($3::int[], $4::boolean[], $5::text[], $6::date[], $7::date[]) as range(n, before, grain, first, last)
       join book_day sums on sums.company_id = $1 and sums.scope = any($2) and sums.grain = range.grain
         and sums.day between range.first and range.last
     group by range.n, range.before, sums.scope, sums.currency`,
    [companyId, scopes, ...columnsOf(ranges, ['n', 'before', 'grain', 'first', 'last'])],
  );
  const days = stretches.map((): Days => ({ before: new Map(), within: new Map() }));
  for (const row of rows) {
    const { before, within } = days[row.n] ?? nothing;
    addTo(row.before ? before : within, placeKey(row.scope, row.currency), amountsIn(measures, row));
  }
  return days;
}

async function readKeptSums(
  client: PoolClient,
  { companyId, scopes, timeZone, firstMonth }: Asked,
  stretches: readonly EdgedStretch[],
): Promise<PlaceSums<KeptMeasure>[]> {
  const places = stretches.map((): PlaceSums<KeptMeasure> => new Map());
  if (firstMonth === null) return places;
  const opened = stretches.flatMap(({ stretch }, n) =>
    coverUntil(addDays(dayOf(stretch.start, timeZone), -1), firstMonth).map((part) => ({ n, ...part })),
  );
  const closed = stretches.flatMap(({ stretch }, n) =>
    coverDays(beginning, dayOf(stretch.asOf, timeZone)).map((range) => ({ n, ...range })),
  );
  const { rows } = await client.query<SumRow & Record<KeptMeasure, number>>(
    `select opened.n, sums.scope, sums.currency, ${selectSums(keptMeasures)}
     from unnest($3::int[], $4::text[], $5::date[]) as opened(n, grain, day)
       join unnest($6::int[], $7::text[], $8::date[], $9::date[]) as closed(n, grain, first, last) on closed.n = opened.n
       join book_kept sums on sums.company_id = $1 and sums.scope = any($2)
         and sums.opened_grain = opened.grain and sums.opened = opened.day
         and sums.closed_grain = closed.grain and sums.closed between closed.first and closed.last
     group by opened.n, sums.scope, sums.currency`,
    [
      companyId,
      scopes,
      ...columnsOf(opened, ['n', 'grain', 'day']),
      ...columnsOf(closed, ['n', 'grain', 'first', 'last']),
    ],
  );
  for (const row of rows)
    addTo(places[row.n] ?? new Map(), placeKey(row.scope, row.currency), amountsIn(keptMeasures, row));
  return places;
}

function columnsOf<Key extends string>(
  rows: readonly Readonly<Record<Key, unknown>>[],
  keys: readonly Key[],
): unknown[][] {
  return keys.map((key) => rows.map((row) => row[key]));
}
