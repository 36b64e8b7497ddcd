import type { Instant } from '../facts.ts';
import { dayMs } from './member-history.ts';
import type { MemberView } from './member-view.ts';
import { horizonDays } from './spells.ts';

/** What is certain and no matter of engagement. */
export type ContractFacts = {
  nextBillAt: Instant | null;
  /** Paid beyond the 30 days: leaving now would show only later. */
  noBillWithin30Days: boolean;
  /** With the day on which it ends, where that was told. */
  cancellation: { endsAt: Instant | null } | null;
  trialEndsAt: Instant | null;
  discountEndsAt: Instant | null;
  pastDue: boolean;
};

export function contractFactsOf({ at, nextBillAt, cancellation, terms, pastDue }: MemberView): ContractFacts {
  const ahead = (end: Instant | null | undefined) => (end != null && end > at ? end : null);
  return {
    nextBillAt,
    noBillWithin30Days: nextBillAt !== null && nextBillAt > at + horizonDays * dayMs,
    cancellation: cancellation === null ? null : { endsAt: cancellation.endsAt },
    trialEndsAt: ahead(terms?.trialEnd),
    discountEndsAt: ahead(terms?.discountEnd),
    pastDue,
  };
}
