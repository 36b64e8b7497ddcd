import {
  completeMonths,
  dayOf,
  daysBetween,
  daysOf,
  endOfMonth,
  type Span,
  type Stretch,
  startOfDay,
} from '../../src/domain/calendar.ts';
import { type CompanySettings, reportingCurrencyOf } from '../../src/domain/company.ts';
import { type CustomerBook, customerBook } from '../../src/domain/customer-book.ts';
import { judgementsIn } from '../../src/domain/kept-entries.ts';
import { lifetimeEntries } from '../../src/domain/lifetime-entries.ts';
import {
  type Amounts,
  addAmounts,
  type KeptMeasure,
  type Measure,
  negated,
  type Stock,
} from '../../src/domain/measures.ts';
import type { PlanChangeCount } from '../../src/domain/plan-changes.ts';
import { succeeded } from '../../src/domain/pricing.ts';
import type { Course, DaySums, ScopeSums } from '../../src/domain/revenue-breakdown.ts';
import { type Scope, type ScopeKind, scopeOf, wholeCompany } from '../../src/domain/scope.ts';
import type { StockEntry } from '../../src/domain/stock-entries.ts';
import { peopleOf, type StretchSums, type View } from '../../src/domain/sums.ts';
import type { Lifetime } from '../../src/domain/survival.ts';
import { type CompanyFacts, customersOf } from './customers-of.ts';

/** A company's books in memory. Everything below is summed by its definition, instant by instant, with no sums kept by day. */
export type Books = {
  currency: string;
  timeZone: string;
  now: number;
  membershipsAsOf: number | null;
  customers: CustomerBook[];
};

export function booksOf(facts: CompanyFacts, settings: CompanySettings, now: number): Books {
  const paid = new Map<string, number>();
  for (const payment of facts.payments.filter(succeeded)) {
    const { currency } = payment;
    if (currency !== null) paid.set(currency, (paid.get(currency) ?? 0) + 1);
  }
  const currency = reportingCurrencyOf(paid, settings);
  const terms = { plans: new Map(facts.plans.map((plan) => [plan.id, plan])), reportingCurrency: currency };
  const updates = facts.memberships.flatMap(({ updatedAt }) => updatedAt ?? []);
  return {
    currency,
    timeZone: settings.timeZone,
    now,
    membershipsAsOf: updates.length === 0 ? null : Math.max(...updates),
    customers: [...customersOf(facts).values()].map((customer) => customerBook(customer, terms)),
  };
}

export function viewOf(books: Books, stretch: Stretch, scope: Scope = wholeCompany): View {
  const months = completeMonths(stretch.asOf, 6, books.timeZone).map((month) => {
    const [start, asOf] = [startOfDay(`${month}-01`, books.timeZone), endOfMonth(month, 0, books.timeZone)];
    return sumsOf(books, { start, end: asOf + 1, asOf }, scope);
  });
  return {
    stretch,
    sums: sumsOf(books, stretch, scope),
    currency: books.currency,
    now: books.now,
    membershipsAsOf: books.membershipsAsOf,
    monthlyChurnRates: months.flatMap(({ opening, kept }) => {
      const customers = peopleOf(opening, 'paying_customers');
      return customers === 0 ? [] : [peopleOf(kept, 'lost_customers') / customers];
    }),
  };
}

export function scopesOf(books: Books, kind: ScopeKind, stretch: Stretch): ScopeSums {
  const scopes = books.customers.flatMap(({ flows, stocks }) => [
    ...stocks.map(({ scope }) => scope),
    ...flows.map(({ planId }) => scopeOf('plan', planId)),
  ]);
  const ofKind = [...new Set(scopes)].filter((scope) => scope.startsWith(scopeOf(kind, null)));
  return new Map(ofKind.map((scope) => [scope, sumsOf(books, stretch, scope)]));
}

export function courseOf(books: Books, stretch: Stretch, scope: Scope = wholeCompany): Course {
  const days = daysOf(stretch, books.timeZone).flatMap(({ day, start, end }): DaySums[] => {
    const asOf = end === stretch.end ? stretch.asOf : end - 1;
    const { opening, closing, flows } = sumsOf(books, { start, end, asOf }, scope);
    const currencies = new Set([...opening.keys(), ...closing.keys(), ...flows.keys()]);
    return [...currencies].map((currency) => {
      const change = addAmounts<Measure>(closing.get(currency) ?? {}, negated(opening.get(currency) ?? {}));
      return { day, currency, amounts: addAmounts<Measure>(change, flows.get(currency) ?? {}) };
    });
  });
  return {
    opening: sumsOf(books, stretch, scope).opening,
    days,
    all: daysOf(stretch, books.timeZone).map(({ day }) => day),
  };
}

type Sums<M extends string> = Map<string, Amounts<M>>;

function sumsOf(books: Books, stretch: Stretch, scope: Scope): StretchSums {
  const sums = { opening: new Map(), closing: new Map(), flows: new Map(), kept: new Map() };
  for (const customer of books.customers) {
    addFlows(customer, stretch, scope, sums.flows);
    const own = customer.stocks.filter((entry) => entry.scope === scope);
    for (const currency of new Set(own.map((entry) => entry.currency))) {
      const entries = own.filter((entry) => entry.currency === currency);
      add(sums.opening, currency, standing(entries, stretch.start - 1));
      add(sums.closing, currency, standing(entries, stretch.asOf));
      addShown(entries, stretch, books.timeZone, sums.flows);
      addKept(entries, stretch, sums.kept);
    }
  }
  return sums;
}

function addFlows({ flows }: CustomerBook, { start, end }: Span, scope: Scope, sums: Sums<Measure>): void {
  for (const { planId, currency, at, amounts } of flows) {
    const counts = scope === wholeCompany || scope === scopeOf('plan', planId);
    if (counts && start <= at && at < end) add(sums, currency, amounts);
  }
}

/** Compares the ends of consecutive days. */
function addShown(entries: readonly StockEntry[], stretch: Stretch, timeZone: string, sums: Sums<Measure>): void {
  const currency = entries[0]?.currency ?? '';
  for (const { start, end } of daysOf(stretch, timeZone)) {
    const asOf = end === stretch.end ? stretch.asOf : end - 1;
    const value = (stock: Stock, at: number) => standing(entries, at)[stock] ?? 0;
    const members = value('members', asOf) - value('members', start - 1);
    if (members !== 0) add(sums, currency, members > 0 ? { joined: 1 } : { left: 1 });
    if (currency === '') continue;
    const [before, after] = [value('mrr', start - 1), value('mrr', asOf)];
    if (before !== after) addMovement(entries, { before, after, start, asOf, timeZone }, sums);
  }
}

type Move = { before: number; after: number; start: number; asOf: number; timeZone: string };

function addMovement(
  entries: readonly StockEntry[],
  { before, after, start, asOf, timeZone }: Move,
  sums: Sums<Measure>,
): void {
  const kind = () => {
    if (before === 0) return paidBefore(entries, start, timeZone) ? 'reactivation' : 'new';
    if (after === 0) return 'churn';
    return after > before ? 'expansion' : 'contraction';
  };
  const involuntary = after === 0 && entries.findLast(({ at }) => at <= asOf)?.involuntary === true;
  add(sums, entries[0]?.currency ?? '', {
    [`${kind()}_mrr`]: Math.abs(after - before),
    [`${kind()}_customers`]: 1,
    ...(involuntary ? { churned_involuntary: 1 } : {}),
  });
}

/** Whether MRR was above zero at the end of any earlier day. */
function paidBefore(entries: readonly StockEntry[], start: number, timeZone: string): boolean {
  const days = new Set(entries.filter(({ at }) => at < start).map(({ at }) => dayOf(at, timeZone)));
  return [...days].some((day) => {
    const until = entries.filter(({ at }) => at < start && dayOf(at, timeZone) <= day);
    return (sumOf(until).mrr ?? 0) > 0;
  });
}

function addKept(entries: readonly StockEntry[], { start, asOf }: Stretch, sums: Sums<KeptMeasure>): void {
  const currency = entries[0]?.currency ?? '';
  for (const { measure, stock, of } of judgementsIn(currency)) {
    const amount = of(standing(entries, start - 1)[stock] ?? 0, standing(entries, asOf)[stock] ?? 0);
    if (amount !== 0) add(sums, currency, { [measure]: amount });
  }
}

function standing(entries: readonly StockEntry[], at: number): Amounts<Stock> {
  return sumOf(entries.filter((entry) => entry.at <= at));
}

function sumOf(entries: readonly StockEntry[]): Amounts<Stock> {
  return entries.reduce<Amounts<Stock>>((sum, { amounts }) => addAmounts(sum, amounts), {});
}

function add<M extends string>(sums: Sums<M>, currency: string, amounts: Amounts<M>): void {
  const known = sums.get(currency);
  sums.set(currency, known === undefined ? amounts : addAmounts(known, amounts));
}

export function planChangesOf({ customers }: Books, { start, end }: Span): PlanChangeCount[] {
  const pairs = new Map<string, number>();
  for (const { flows } of customers) {
    const own = flows.filter(({ kind, at }) => kind === 'plan_change' && start <= at && at < end);
    for (const pair of new Set(own.map(({ sourceId, planId }) => `${sourceId} ${planId}`))) {
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
  }
  return [...pairs]
    .map(([pair, count]) => {
      const [fromPlanId = '', toPlanId = ''] = pair.split(' ');
      return { fromPlanId, toPlanId, customers: count };
    })
    .sort((a, b) => b.customers - a.customers || (a.fromPlanId < b.fromPlanId ? -1 : 1));
}

export function lifetimesOf({ customers, timeZone }: Books, asOf: number): Lifetime[] {
  const today = dayOf(asOf, timeZone);
  return customers.flatMap(({ stocks }) => {
    const last = lifetimeEntries(stocks, timeZone, asOf).findLast(({ scope }) => scope === wholeCompany);
    if (last === undefined) return [];
    const { began, seen, ended } = last;
    const duration = daysBetween(began, ended ?? today);
    return [{ duration, ended: ended !== null, entry: daysBetween(began, seen) }];
  });
}
