import type { CompanyFacts, CompanySettings } from './company.ts';
import { customersOf, reportingCurrencyOf } from './company.ts';
import type { Instant } from './facts.ts';
import { type Entry, ledger, stockEntries } from './ledger.ts';
import { type MembershipRecord, membershipRecords, type Terms } from './membership-record.ts';
import { type MrrState, type MrrTimeline, mrrTimeline } from './timeline.ts';

/** One customer as the figures see them. */
export type CustomerBook = { records: readonly MembershipRecord[]; timeline: MrrTimeline };

/** Everything that a company's figures are worked out from. */
export type Books = {
  /** The reporting currency; money figures are in it. */
  currency: string;
  timeZone: string;
  /** The clock of the question. */
  now: Instant;
  customers: readonly CustomerBook[];
  entries: readonly Entry[];
};

export function booksOf(facts: CompanyFacts, settings: CompanySettings, now: Instant): Books {
  const currency = reportingCurrencyOf(facts.payments, settings);
  const terms: Terms = { plans: new Map(facts.plans.map((plan) => [plan.id, plan])), reportingCurrency: currency };
  const customers = customersOf(facts).map((money) => {
    const records = membershipRecords(money, terms);
    const timeline = mrrTimeline(records);
    return { records, timeline, entries: ledger(money, timeline, currency) };
  });
  return {
    currency,
    timeZone: settings.timeZone,
    now,
    customers,
    entries: customers.flatMap(({ entries }) => entries),
  };
}

/**
 * The same books as if there were only one plan: its payments, the MRR whose price is of it, and people with a membership
 * of it.
 */
export function onPlan(books: Books, planId: string): Books {
  const customers = books.customers.map(({ records, timeline }) => ({
    records: records.filter(({ membership, payments }) => (membership.planId ?? payments.at(-1)?.planId) === planId),
    timeline: new Map([...timeline].map(([currency, states]) => [currency, statesOn(states, planId)])),
  }));
  const cash = books.entries.filter((entry) => entry.planId === planId && !stocks.has(entry.measure));
  return { ...books, customers, entries: [...customers.flatMap(({ timeline }) => stockEntries(timeline)), ...cash] };
}

const stocks: ReadonlySet<Entry['measure']> = new Set(['mrr', 'paying_customers']);

function statesOn(states: readonly MrrState[], planId: string): MrrState[] {
  return states.map(({ at, byPlan }) => {
    const amount = byPlan.get(planId);
    return { at, byPlan: amount === undefined ? new Map() : new Map([[planId, amount]]) };
  });
}
