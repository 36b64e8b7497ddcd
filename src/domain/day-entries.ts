import { type Day, dayOf } from './calendar.ts';
import type { CustomerBook } from './customer-book.ts';
import { dayValues } from './day-values.ts';
import type { Instant } from './facts.ts';
import type { Amounts, DayFlow, Measure } from './measures.ts';
import { type Scope, scopeOf, wholeCompany } from './scope.ts';
import type { StockEntry } from './stock-entries.ts';

/** What one customer adds to the sums of a local day. */
export type DayEntry = { scope: Scope; currency: string; day: Day; amounts: Amounts<Measure> };

/** How MRR moved from the end of one day to that of the next. */
export const movementKinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const;
export type MovementKind = (typeof movementKinds)[number];

export function dayEntries({ flows, stocks }: CustomerBook, timeZone: string): DayEntry[] {
  const days: DayEntry[] = [];
  for (const { planId, currency, at, amounts } of flows) {
    if (Object.keys(amounts).length === 0) continue;
    const day = dayOf(at, timeZone);
    // Each counts in the whole company, and on its plan.
    days.push({ scope: wholeCompany, currency, day, amounts });
    days.push({ scope: scopeOf('plan', planId), currency, day, amounts });
  }
  for (const entries of placesOf(stocks)) days.push(...placeDays(entries, { timeZone }));
  return days;
}

type Look = {
  timeZone: string;
  /** What came before is looked at, but not told. */
  from?: Day;
  /** Of changes then or before, which so ends its day early. */
  until?: Instant;
};

/** The changes of one customer's stocks in one scope and currency, and what shows of them at the ends of days. */
export function placeDays(entries: readonly StockEntry[], { timeZone, from = '', until = Infinity }: Look): DayEntry[] {
  const days: DayEntry[] = [];
  for (const { scope, currency, at, amounts } of entries) {
    const day = dayOf(at, timeZone);
    if (day >= from && at <= until) days.push({ scope, currency, day, amounts });
  }
  const { scope = '', currency = '' } = entries[0] ?? {};
  const shown = currency === '' ? comings : movements;
  for (const { day, amounts } of shown(entries, { timeZone, from, until })) {
    days.push({ scope, currency, day, amounts });
  }
  return days;
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

type Shown = { day: Day; amounts: Amounts<DayFlow> };

function comings(entries: readonly StockEntry[], { timeZone, from, until }: Required<Look>): Shown[] {
  return dayValues(entries, 'members', timeZone, until)
    .filter(({ day }) => day >= from)
    .map(({ day, value }) => ({ day, amounts: value > 0 ? { joined: 1 } : { left: 1 } }));
}

function movements(entries: readonly StockEntry[], { timeZone, from, until }: Required<Look>): Shown[] {
  const shown: Shown[] = [];
  let before = 0;
  let everPaid = false;
  for (const { day, value } of dayValues(entries, 'mrr', timeZone, until)) {
    const kind = kindOf(before, value, everPaid);
    if (day >= from) {
      const involuntary = kind === 'churn' && lastOf(entries, { day, timeZone, until })?.involuntary === true;
      shown.push({ day, amounts: movement(kind, Math.abs(value - before), involuntary) });
    }
    before = value;
    everPaid ||= value > 0;
  }
  return shown;
}

function movement(kind: MovementKind, amount: number, involuntary: boolean): Amounts<DayFlow> {
  return {
    [`${kind}_mrr`]: amount,
    [`${kind}_customers`]: 1,
    ...(involuntary ? { churned_involuntary: 1 } : {}),
  };
}

function kindOf(before: number, after: number, everPaid: boolean): MovementKind {
  if (before === 0) return everPaid ? 'reactivation' : 'new';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}

function lastOf(
  entries: readonly StockEntry[],
  { day, timeZone, until }: { day: Day; timeZone: string; until: Instant },
): StockEntry | undefined {
  return entries.findLast(({ at }) => at <= until && dayOf(at, timeZone) === day);
}
