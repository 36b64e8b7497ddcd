import type { Instant } from './facts.ts';
import { type FlowEntry, flowEntries } from './flow-entries.ts';
import { type CustomerFacts, membershipRecords, type Terms } from './membership-record.ts';
import { type StockEntry, stockEntries } from './stock-entries.ts';
import { mrrTimeline } from './timeline.ts';

/** All that one customer adds to the company's figures. */
export type CustomerBook = { flows: readonly FlowEntry[]; stocks: readonly StockEntry[] };

/** A pure function of the customer's facts, whatever the order in which they came. */
export function customerBook(customer: CustomerFacts, terms: Terms): CustomerBook {
  const records = membershipRecords(customer, terms);
  const timeline = mrrTimeline(records);
  return { flows: flowEntries(customer, { records, timeline }, terms), stocks: stockEntries(records, timeline) };
}

/** Those that happened at `from` or later, and before `until`. */
export function within<Item extends { at: Instant }>(items: readonly Item[], from: Instant, until: Instant): Item[] {
  return items.filter(({ at }) => from <= at && at < until);
}
