import type { Instant } from '../facts.ts';
import { type ActivityView, activityBefore } from './activity-view.ts';
import {
  type Bill,
  type Cancellation,
  dayMs,
  type MemberHistory,
  type MembershipStretch,
  type Terms,
} from './member-history.ts';
import { spellAt, spellsOf } from './spells.ts';

/** What was known of a member, as the holder of one membership, just before an instant. */
export type MemberView = {
  at: Instant;
  tenureDays: number;
  /** Since this membership began, whichever came before it. */
  membershipDays: number;
  /** Spells that had ended before this one. */
  earlierSpells: number;
  /** Memberships of this spell so far. */
  memberships: number;
  terms: Terms | null;
  /** Told by the terms, or else learned from the bills. */
  periodDays: number | null;
  nextBillAt: Instant | null;
  /** Likewise. */
  monthlyPriceMinor: number | null;
  billsPaid: number;
  /** Null without any bill. */
  daysSinceBill: number | null;
  /** In the last 60 days. */
  failedBills: number;
  /** The last attempt to charge failed. */
  pastDue: boolean;
  cancellation: Cancellation | null;
  /** Null where it can't be seen, or couldn't yet. */
  activity: ActivityView | null;
};

const failedWithinDays = 60;

/** @param observedFrom since when activity is collected at all */
export function viewBefore(
  history: MemberHistory,
  { membershipId, at, observedFrom }: { membershipId: string; at: Instant; observedFrom: Instant },
): MemberView {
  const stretches = history.memberships.filter(({ start }) => start <= at).map((one) => knownBefore(one, at));
  const membership = stretches.findLast(({ id, end }) => id === membershipId && end > at);
  const spells = spellsOf(stretches);
  const spell = spellAt(spells, at) ?? { start: at };
  const bills = history.bills.filter((bill) => bill.at < at).toSorted((a, b) => a.at - b.at);
  const terms =
    membership?.terms
      .filter(({ since }) => since < at)
      .toSorted((a, b) => a.since - b.since)
      .at(-1) ?? null;
  const start = membership?.start ?? spell.start;
  const periodDays = terms === null ? usualPeriod(bills) : terms.periodDays;
  return {
    at,
    tenureDays: (at - spell.start) / dayMs,
    membershipDays: (at - start) / dayMs,
    earlierSpells: spells.filter(({ end }) => end < spell.start).length,
    memberships: stretches.filter((one) => one.start >= spell.start).length,
    terms,
    periodDays,
    nextBillAt:
      periodDays === null ? null : nextBill(bills.findLast(({ failed }) => !failed)?.at ?? start, periodDays, at),
    monthlyPriceMinor: terms === null ? usualPrice(bills, periodDays) : terms.monthlyPriceMinor,
    ...paid(bills, at),
    cancellation: membership === undefined ? null : cancellationAt(membership, at),
    activity: activityOf(history, { at, observedFrom, spellStart: spells[0]?.start ?? at }),
  };
}

/** An end that hadn't come yet isn't known. */
function knownBefore(stretch: MembershipStretch, at: Instant): MembershipStretch {
  return stretch.end < at ? stretch : { ...stretch, end: Number.POSITIVE_INFINITY };
}

function paid(bills: readonly Bill[], at: Instant) {
  const last = bills.at(-1);
  return {
    billsPaid: bills.filter(({ failed }) => !failed).length,
    daysSinceBill: last === undefined ? null : (at - last.at) / dayMs,
    failedBills: bills.filter((bill) => bill.failed && bill.at >= at - failedWithinDays * dayMs).length,
    pastDue: last?.failed ?? false,
  };
}

/** The middle distance between bills that went through; null with fewer than three of them. */
function usualPeriod(bills: readonly Bill[]): number | null {
  const times = bills.filter(({ failed }) => !failed).map(({ at }) => at);
  const gaps = times.slice(1).map((at, i) => (at - (times[i] ?? at)) / dayMs);
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return gaps.length < 2 || middle === undefined || middle < 1 ? null : middle;
}

/** Of the last bill that went through, for as much of it as a month takes. */
function usualPrice(bills: readonly Bill[], periodDays: number | null): number | null {
  const last = bills.findLast(({ failed }) => !failed);
  return last === undefined || periodDays === null ? null : Math.max(0, (last.amountMinor * 30) / periodDays);
}

function nextBill(last: Instant, periodDays: number, at: Instant): Instant {
  const periodMs = periodDays * dayMs;
  return last + Math.max(1, Math.ceil((at - last) / periodMs)) * periodMs;
}

function cancellationAt({ cancellations }: MembershipStretch, at: Instant): Cancellation | null {
  const stands = ({ takenBackAt }: Cancellation) => takenBackAt === null || takenBackAt >= at;
  const known = cancellations.filter((one) => one.at < at && stands(one)).toSorted((a, b) => a.at - b.at);
  return known.at(-1) ?? null;
}

function activityOf(
  { activity }: MemberHistory,
  { at, observedFrom, spellStart }: { at: Instant; observedFrom: Instant; spellStart: Instant },
): ActivityView | null {
  if (activity === null) return null;
  const first = activity.reduce((earliest, { day }) => Math.min(earliest, day), spellStart);
  const view = activityBefore(activity, at, Math.max(observedFrom, first));
  return view.seenDays < 1 ? null : view;
}
