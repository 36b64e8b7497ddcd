import type { PoolClient } from 'pg';
import { type Day, dayAround, dayOf, type Stretch } from '../domain/calendar.ts';
import { placeDays, placesOf } from '../domain/day-entries.ts';
import { standingAt } from '../domain/day-values.ts';
import type { Instant } from '../domain/facts.ts';
import { flowKinds } from '../domain/flow-entries.ts';
import { judgementsIn } from '../domain/kept-entries.ts';
import { type Amounts, type Flow, flows, type KeptMeasure, keysOf, type Measure } from '../domain/measures.ts';
import { type Scope, scopeOf, wholeCompany } from '../domain/scope.ts';
import type { StockEntry } from '../domain/stock-entries.ts';
import { amountsIn, selectSums } from './book-tables.ts';
import { readStocksMovedWithin } from './customer-books.ts';

/** Which books are asked. */
export type Asked = {
  companyId: string;
  timeZone: string;
  /** The reporting currency. */
  currency: string;
};

/** Amounts by scope and currency. */
export type PlaceSums<M extends string> = Map<Scope, Map<string, Partial<Record<M, number>>>>;

/**
 * What is to be added to the sums of whole days where a stretch ends in the middle of its last one: the opposite of what
 * happened later that day.
 */
export type Edge = { day: PlaceSums<Measure>; kept: PlaceSums<KeptMeasure> };

export function addTo<M extends string>(
  sums: PlaceSums<M>,
  scope: Scope,
  currency: string,
  amounts: Amounts<M>,
  sign: 1 | -1 = 1,
): void {
  const ofScope = sums.get(scope) ?? new Map<string, Partial<Record<M, number>>>();
  sums.set(scope, ofScope);
  const sum: Partial<Record<M, number>> = ofScope.get(currency) ?? {};
  ofScope.set(currency, sum);
  for (const measure of keysOf(amounts)) sum[measure] = (sum[measure] ?? 0) + sign * (amounts[measure] ?? 0);
}

/** @param scope null for all of them */
export async function readEdge(
  client: PoolClient,
  asked: Asked & { scope: Scope | null },
  stretch: Stretch,
): Promise<Edge> {
  const edge: Edge = { day: new Map(), kept: new Map() };
  const { end: dayEnd } = dayAround(stretch.asOf, asked.timeZone);
  if (stretch.end >= dayEnd) return edge;
  const [moved] = await Promise.all([
    readStocksMovedWithin(client, { ...asked, after: stretch.asOf, until: dayEnd }),
    addLaterFlows(client, asked, { from: stretch.end, until: dayEnd }, edge),
  ]);
  const course = {
    timeZone: asked.timeZone,
    lastDay: dayOf(stretch.asOf, asked.timeZone),
    before: dayAround(stretch.start, asked.timeZone).start - 1,
    asOf: stretch.asOf,
    end: dayEnd - 1,
  };
  for (const stocks of moved) addLaterStocks(stocks, course, edge);
  return edge;
}

type FlowRow = { planId: string; currency: string } & Record<Flow, number>;

async function addLaterFlows(
  client: PoolClient,
  { companyId }: Asked,
  { from, until }: { from: number; until: number },
  edge: Edge,
): Promise<void> {
  const { rows } = await client.query<FlowRow>(
    `select plan_id as "planId", currency, ${selectSums(flows)}
     from book_flow where company_id = $1 and kind = any($2) and at >= $3 and at < $4 group by plan_id, currency`,
    [companyId, flowKinds, new Date(from), new Date(until)],
  );
  for (const row of rows) {
    for (const scope of [wholeCompany, scopeOf('plan', row.planId)]) {
      addTo(edge.day, scope, row.currency, amountsIn(flows, row), -1);
    }
  }
}

/** When the stocks of a stretch are looked at: at the end of the day before its start, and in and at the end of its last one. */
type Course = { timeZone: string; lastDay: Day; before: Instant; asOf: Instant; end: Instant };

/** One customer's changes of that day as they were at `asOf`, instead of as they were at its end. */
function addLaterStocks(stocks: readonly StockEntry[], course: Course, edge: Edge): void {
  const { timeZone, lastDay: from, asOf } = course;
  for (const entries of placesOf(stocks)) {
    for (const { scope, currency, amounts } of placeDays(entries, { timeZone, from })) {
      addTo(edge.day, scope, currency, amounts, -1);
    }
    for (const { scope, currency, amounts } of placeDays(entries, { timeZone, from, until: asOf })) {
      addTo(edge.day, scope, currency, amounts);
    }
    addLaterKept(entries, course, edge);
  }
}

function addLaterKept(entries: readonly StockEntry[], { before, asOf, end }: Course, edge: Edge): void {
  const { scope = '', currency = '' } = entries[0] ?? {};
  for (const { measure, stock, of } of judgementsIn(currency)) {
    const opening = standingAt(entries, stock, before);
    const amount = of(opening, standingAt(entries, stock, asOf)) - of(opening, standingAt(entries, stock, end));
    if (amount !== 0) addTo(edge.kept, scope, currency, { [measure]: amount });
  }
}
