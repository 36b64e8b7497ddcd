import type { CompanyFacts, CompanySettings } from './company.ts';
import { customersOf, reportingCurrencyOf } from './company.ts';
import type { Instant } from './facts.ts';
import { type Entry, ledger } from './ledger.ts';
import { type MembershipRecord, membershipRecords, type Terms } from './membership-record.ts';
import { type MrrTimeline, mrrTimeline } from './timeline.ts';

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
