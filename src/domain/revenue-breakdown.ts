import type { Day } from './calendar.ts';
import { netRevenue } from './cash-figures.ts';
import { type MovementKind, movementKinds } from './day-entries.ts';
import { compareText } from './figure-value.ts';
import type { Amounts, ByCurrency, Measure, Stock } from './measures.ts';
import { idOf, type Scope, type ScopeKind } from './scope.ts';
import { amountIn, peopleOf, type StretchSums } from './sums.ts';

export type DayPoint = { day: Day; value: number };

/** The sums of one local day in one currency. */
export type DaySums = { day: Day; currency: string; amounts: Amounts<Measure> };

/** What is needed to tell how something went day by day; `days` in any order. */
export type Course = { opening: ByCurrency<Stock>; days: readonly DaySums[]; all: readonly Day[] };

/** A stock at the end of each day, the last as at the stretch's `asOf`. */
export function stockByDay(stock: Stock, currency: string, { opening, days, all }: Course): DayPoint[] {
  let value = amountIn(opening, currency, stock);
  return byDay(currency, days, all, ({ [stock]: change = 0 }) => change).map((change) => {
    value += change.value;
    return { day: change.day, value };
  });
}

/** Gross revenue − refunds − disputes lost of each day, in one currency. */
export function netRevenueByDay(currency: string, { days, all }: Course): DayPoint[] {
  return byDay(currency, days, all, netRevenue);
}

function byDay(
  currency: string,
  days: readonly DaySums[],
  all: readonly Day[],
  read: (amounts: Amounts<Measure>) => number,
): DayPoint[] {
  const own = new Map(days.filter((one) => one.currency === currency).map(({ day, amounts }) => [day, amounts]));
  return all.map((day) => ({ day, value: read(own.get(day) ?? {}) }));
}

export type MovementSum = { day: Day; kind: MovementKind; currency: string; amountMinor: number; customers: number };

/** Movements by day, kind and currency, oldest first. */
export function movementsByDay(days: readonly DaySums[]): MovementSum[] {
  const movements: MovementSum[] = [];
  const inOrder = days.toSorted((a, b) => compareText(a.day, b.day) || compareText(a.currency, b.currency));
  for (let first = 0, next = 0; first < inOrder.length; first = next) {
    const day = inOrder[first]?.day;
    while (inOrder[next]?.day === day) next += 1;
    addMovements(inOrder.slice(first, next), movements);
  }
  return movements;
}

/** Of one day. */
function addMovements(ofDay: readonly DaySums[], movements: MovementSum[]): void {
  for (const { kind, mrr, customers } of kindsByName) {
    for (const { day, currency, amounts } of ofDay) {
      const count = amounts[customers] ?? 0;
      if (count !== 0) movements.push({ day, kind, currency, amountMinor: amounts[mrr] ?? 0, customers: count });
    }
  }
}

const kindsByName = movementKinds
  .toSorted(compareText)
  .map((kind) => ({ kind, mrr: `${kind}_mrr`, customers: `${kind}_customers` }) as const);

/** What stood and happened in each of several scopes over one stretch. */
export type ScopeSums = ReadonlyMap<Scope, Pick<StretchSums, 'closing' | 'flows'>>;

export type PlanRevenue = {
  planId: string | null;
  currency: string;
  mrr: number;
  customers: number;
  grossRevenue: number;
};

/** Each plan and currency that has any; their sums are the totals. Most revenue first, the reporting currency before others. */
export function revenueByPlan(scopes: ScopeSums, currency: string): PlanRevenue[] {
  const foreign = (row: PlanRevenue) => Number(row.currency !== currency);
  return [...scopes]
    .flatMap(([scope, { closing, flows }]) => {
      const currencies = [...new Set([...closing.keys(), ...flows.keys()])].filter((one) => one !== '');
      return currencies.map((one) => ({
        planId: idOf('plan', scope),
        currency: one,
        mrr: amountIn(closing, one, 'mrr'),
        customers: amountIn(closing, one, 'paying_customers'),
        grossRevenue: amountIn(flows, one, 'gross_revenue'),
      }));
    })
    .filter(({ mrr, customers, grossRevenue }) => mrr !== 0 || customers !== 0 || grossRevenue !== 0)
    .sort(
      (a, b) =>
        foreign(a) - foreign(b) ||
        b.mrr - a.mrr ||
        b.grossRevenue - a.grossRevenue ||
        compareText(`${a.currency} ${a.planId}`, `${b.currency} ${b.planId}`),
    );
}

export type ScopeCount = { id: string | null; count: number };

/** How many people, or subscriptions, each plan or product has; the most first. */
export function stockByScope(kind: ScopeKind, stock: Stock, scopes: ScopeSums): ScopeCount[] {
  return [...scopes]
    .map(([scope, { closing }]) => ({ id: idOf(kind, scope), count: peopleOf(closing, stock) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || compareText(a.id ?? '', b.id ?? ''));
}

export type ProductAccess = { productId: string; active: number; granted: number; ended: number };

/** Who has access to each product, and whose access began or ended, comparing the ends of days. */
export function accessByProduct(scopes: ScopeSums): ProductAccess[] {
  return [...scopes]
    .map(([scope, { closing, flows }]) => ({
      productId: idOf('product', scope) ?? '',
      active: peopleOf(closing, 'members'),
      granted: peopleOf(flows, 'joined'),
      ended: peopleOf(flows, 'left'),
    }))
    .filter(({ active, granted, ended }) => active + granted + ended > 0)
    .sort((a, b) => b.active - a.active || compareText(a.productId, b.productId));
}
