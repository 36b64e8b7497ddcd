import type { Instant, Payment } from './facts.ts';
import { type FlowEntry, flowEntries } from './flow-entries.ts';
import { type CustomerFacts, membershipRecords, type Terms } from './membership-record.ts';
import { type StockEntry, stockEntries } from './stock-entries.ts';
import { mrrTimeline } from './timeline.ts';

/** All that one customer adds to the company's figures. */
export type CustomerBook = { flows: readonly FlowEntry[]; stocks: readonly StockEntry[] };

/**
 * A pure function of the customer's facts, whatever the order in which they came.
 * @param isAsked of which payments the flows are told (all): each stands for itself, and a long history has many
 */
export function customerBook(
  customer: CustomerFacts,
  terms: Terms,
  isAsked: (payment: Payment) => boolean = () => true,
): CustomerBook {
  const records = membershipRecords(customer, terms);
  const timeline = mrrTimeline(records);
  const derived = { records, timeline, asked: customer.payments.filter(isAsked) };
  return { flows: flowEntries(customer, derived, terms), stocks: stockEntries(records, timeline) };
}

/** Those that happened at `from` or later, and before `until`. */
export function within<Item extends { at: Instant }>(items: readonly Item[], from: Instant, until: Instant): Item[] {
  return items.filter(({ at }) => from <= at && at < until);
}
