import { type Day, dayOf } from './calendar.ts';
import type { CustomerBook } from './customer-book.ts';
import { dayValues } from './day-values.ts';
import type { Instant } from './facts.ts';
import type { FlowEntry } from './flow-entries.ts';
import type { Amounts, DayFlow, Measure } from './measures.ts';
import { type Scope, scopeOf, wholeCompany } from './scope.ts';
import type { StockEntry } from './stock-entries.ts';

/** What one customer adds to the sums of a local day. */
export type DayEntry = { scope: Scope; currency: string; day: Day; amounts: Amounts<Measure> };

/** How MRR moved from the end of one day to that of the next. */
export const movementKinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementKind = (typeof movementKinds)[number];

export function dayEntries({ flows, stocks }: CustomerBook, timeZone: string): DayEntry[] {
  return [...flows.flatMap((flow) => flowDay(flow, timeZone)), ...stockDays(stocks, timeZone)];
}

/** Each counts in the whole company, and on its plan. */
function flowDay({ planId, currency, at, amounts }: FlowEntry, timeZone: string): DayEntry[] {
  if (Object.keys(amounts).length === 0) return [];
  const day = dayOf(at, timeZone);
  return [wholeCompany, scopeOf('plan', planId)].map((scope) => ({ scope, currency, day, amounts }));
}

/**
 * The changes of one customer's stocks, and what shows of them at the ends of days: of changes at `until` or before, which so
 * ends its day early.
 */
export function stockDays(
  stocks: readonly StockEntry[],
  timeZone: string,
  until: Instant = Number.POSITIVE_INFINITY,
): DayEntry[] {
  const known = stocks.filter(({ at }) => at <= until);
  const changes = known.map(({ scope, currency, at, amounts }) => ({
    ...{ scope, currency, amounts },
    day: dayOf(at, timeZone),
  }));
  return [...changes, ...placesOf(known).flatMap((entries) => shownAtDayEnds(entries, timeZone, until))];
}

/** The entries of each scope and currency. */
export function placesOf(stocks: readonly StockEntry[]): StockEntry[][] {
  const places: StockEntry[][] = [];
  let last: StockEntry | undefined;
  for (const entry of stocks) {
    if (last?.scope === entry.scope && last.currency === entry.currency) places.at(-1)?.push(entry);
    else places.push([entry]);
    last = entry;
  }
  return places;
}

function shownAtDayEnds(entries: readonly StockEntry[], timeZone: string, until: Instant): DayEntry[] {
  const [first] = entries;
  if (first === undefined) return [];
  const { scope, currency } = first;
  const shown = currency === '' ? comings(entries, timeZone, until) : movements(entries, timeZone, until);
  return shown.map(({ day, amounts }) => ({ scope, currency, day, amounts }));
}

type Shown = { day: Day; amounts: Amounts<DayFlow> };

function comings(entries: readonly StockEntry[], timeZone: string, until: Instant): Shown[] {
  return dayValues(entries, 'members', timeZone, until).map(({ day, value }) => ({
    day,
    amounts: value > 0 ? { joined: 1 } : { left: 1 },
  }));
}

function movements(entries: readonly StockEntry[], timeZone: string, until: Instant): Shown[] {
  let before = 0;
  let everPaid = false;
  return dayValues(entries, 'mrr', timeZone, until).map(({ day, value }) => {
    const kind = kindOf(before, value, everPaid);
    const involuntary = kind === 'churn' && lastOf(entries, day, timeZone)?.involuntary === true;
    const amounts: Amounts<DayFlow> = {
      [`${kind}_mrr`]: Math.abs(value - before),
      [`${kind}_customers`]: 1,
      ...(involuntary ? { churned_involuntary: 1 } : {}),
    };
    before = value;
    everPaid ||= value > 0;
    return { day, amounts };
  });
}

function kindOf(before: number, after: number, everPaid: boolean): MovementKind {
  if (before === 0) return everPaid ? 'reactivation' : 'new';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}

function lastOf(entries: readonly StockEntry[], day: Day, timeZone: string): StockEntry | undefined {
  return entries.findLast(({ at }) => dayOf(at, timeZone) === day);
}
