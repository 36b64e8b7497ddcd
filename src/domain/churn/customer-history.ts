import type { Instant, Payment } from '../facts.ts';
import type { MembershipRecord } from '../membership-record.ts';
import { failed, recurs, succeeded, totalOf } from '../pricing.ts';
import { type ActivityDay, type Bill, dayMs, type MemberHistory } from './member-history.ts';
import { type Offers, type PriceTerms, termsDuring } from './membership-terms.ts';
import { cancellationsOf } from './scheduled-cancellations.ts';

type Told = {
  memberId: string;
  records: readonly MembershipRecord[];
  activity: readonly ActivityDay[] | null;
};

/** What the facts of one customer tell about a member: every membership, free ones and those for life included. */
export function customerHistory(
  { memberId, records, activity }: Told,
  terms: PriceTerms,
  offers: Offers,
): MemberHistory {
  return {
    memberId,
    memberships: records.flatMap((record) =>
      record.spans.map((span) => ({
        id: record.membership.id,
        ...span,
        terms: termsDuring(span, record, terms, offers),
        cancellations: cancellationsOf(record).filter(({ at }) => span.start <= at && at < span.end),
      })),
    ),
    bills: records.flatMap(billsOf),
    activity,
  };
}

/** The ids of those memberships that can be left by not paying any more: they recur, and aren't free. */
export function billedMemberships(records: readonly MembershipRecord[]): Set<string> {
  return new Set(records.filter(isBilled).map(({ membership }) => membership.id));
}

function isBilled({ plan, steps }: MembershipRecord): boolean {
  return recurs(plan) && (plan.renewalPriceMinor !== 0 || steps.some(({ amountMinor }) => amountMinor > 0));
}

const noRenewal: ReadonlySet<string | null> = new Set(['one_time', 'manual', 'subscription_update']);

function billsOf({ payments, sightings }: MembershipRecord): Bill[] {
  const bills = payments.filter(({ billingReason }) => !noRenewal.has(billingReason)).flatMap(attemptsOf);
  const pastDue = sightings.filter(({ status }) => status === 'past_due').map(({ at }) => at);
  return [...bills, ...pastDue.filter((at) => !hasFailedBefore(bills, at)).map(untoldFailure)];
}

/** The attempts that facts tell the time of: the first and the last. */
function attemptsOf(payment: Payment): Bill[] {
  const amountMinor = totalOf(payment) ?? 0;
  const attempt = (at: Instant | null, didFail: boolean) => (at === null ? [] : [{ at, amountMinor, failed: didFail }]);
  const first = payment.createdAt;
  if (succeeded(payment)) {
    const failedFirst = (payment.failedAttempts ?? 0) > 0 && first !== payment.paidAt;
    return [...(failedFirst ? attempt(first, true) : []), ...attempt(payment.paidAt, false)];
  }
  if (!failed(payment)) return [];
  const last = payment.lastAttemptAt ?? first;
  return [...(first !== last ? attempt(first, true) : []), ...attempt(last, true)];
}

const toldWithinDays = 7;

/** Whop may tell that a membership is past due before it tells of the payment, or without. */
function hasFailedBefore(bills: readonly Bill[], at: Instant): boolean {
  return bills.some((bill) => bill.failed && bill.at <= at && at - bill.at <= toldWithinDays * dayMs);
}

function untoldFailure(at: Instant): Bill {
  return { at, amountMinor: 0, failed: true };
}
