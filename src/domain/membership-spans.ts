import type { Instant, Membership, MembershipChange, Payment, StatusSighting } from './facts.ts';
import { failed } from './pricing.ts';

/** A stretch of time in which a membership is on, half-open; `end` is Infinity where nothing has ended it. */
export type OnSpan = { start: Instant; end: Instant };

export type MembershipHistory = {
  /** What is known of it; where only payments name it, all but the references is null. */
  membership: Membership;
  changes: readonly MembershipChange[];
  payments: readonly Payment[];
  /** Whether its plan renews: a completed one-time purchase keeps its access. */
  recurring: boolean;
};

type Toggle = { at: Instant; on: boolean };

/**
 * When a membership was on: from its creation, switched by Whop's activations and deactivations, and by the newest snapshot
 * where that knows of an end or a return which no event told.
 */
export function onSpans(history: MembershipHistory): OnSpan[] {
  const told = history.changes.map(({ at, change }) => ({ at, on: change === 'activated' }));
  const toggles = inOrder([...beginning(history), ...told]);
  const learned = toldBySnapshot(history, toggles.at(-1));
  return spansBetween(learned === null ? toggles : [...toggles, learned]);
}

/** By time; of two at the same time the end comes last. */
function inOrder(toggles: readonly Toggle[]): Toggle[] {
  return toggles.toSorted((a, b) => a.at - b.at || Number(b.on) - Number(a.on));
}

function beginning({ membership, payments }: MembershipHistory): Toggle[] {
  if (membership.status === 'drafted') return [];
  const at = membership.createdAt ?? firstSeen(payments);
  return at === Number.POSITIVE_INFINITY ? [] : [{ at, on: true }];
}

function firstSeen(payments: readonly Payment[]): Instant {
  return Math.min(...payments.map(({ createdAt, paidAt }) => createdAt ?? paidAt ?? Number.POSITIVE_INFINITY));
}

const ended: ReadonlySet<string | null> = new Set(['canceled', 'expired']);
const running: ReadonlySet<string | null> = new Set(['trialing', 'active', 'canceling', 'past_due', 'unresolved']);

/** What only the snapshot knows: an end, or a return after the last end, that no event told. */
function toldBySnapshot(history: MembershipHistory, last: Toggle | undefined): Toggle | null {
  const { status, updatedAt } = history.membership;
  if (updatedAt === null || last === undefined || updatedAt < last.at) return null;
  if (hasEnded(history)) return last.on ? { at: Math.max(endOf(history, updatedAt), last.at), on: false } : null;
  const returned = running.has(status) && !last.on && updatedAt > last.at;
  return returned ? { at: returnOf(history.membership, updatedAt, last.at), on: true } : null;
}

function hasEnded({ membership: { status }, recurring }: MembershipHistory): boolean {
  return ended.has(status) || (status === 'completed' && recurring);
}

function endOf({ membership, payments }: MembershipHistory, updatedAt: Instant): Instant {
  const { renewalPeriodEnd, canceledAt } = membership;
  const paidToTheEnd = renewalPeriodEnd !== null && renewalPeriodEnd <= updatedAt && !lastPaymentFailed(payments);
  return paidToTheEnd ? renewalPeriodEnd : (canceledAt ?? updatedAt);
}

function returnOf({ renewalPeriodStart }: Membership, updatedAt: Instant, since: Instant): Instant {
  const known = renewalPeriodStart !== null && since < renewalPeriodStart && renewalPeriodStart <= updatedAt;
  return known ? renewalPeriodStart : updatedAt;
}

type Ending = {
  membership: Membership;
  sightings: readonly StatusSighting[];
  payments: readonly Payment[];
};

/** Whether a membership that ended then had no working payment: it was past due, or its last payment had failed. */
export function wasPastDue({ membership, sightings, payments }: Ending, end: Instant): boolean {
  const lastSeen = sightings.findLast(({ at, status }) => at <= end && running.has(status))?.status;
  const until = payments.filter((payment) => (payment.createdAt ?? payment.paidAt ?? end) <= end);
  return membership.status === 'past_due' || lastSeen === 'past_due' || lastPaymentFailed(until);
}

function lastPaymentFailed(payments: readonly Payment[]): boolean {
  const last = payments.reduce<Payment | null>(
    (latest, p) => (latest === null || triedAt(p) > triedAt(latest) ? p : latest),
    null,
  );
  return last !== null && failed(last);
}

function triedAt({ lastAttemptAt, paidAt, createdAt }: Payment): Instant {
  return lastAttemptAt ?? paidAt ?? createdAt ?? Number.NEGATIVE_INFINITY;
}

function spansBetween(toggles: readonly Toggle[]): OnSpan[] {
  const spans: OnSpan[] = [];
  let since: Instant | null = null;
  for (const { at, on } of toggles) {
    if (on) since ??= at;
    else if (since !== null) {
      if (at > since) spans.push({ start: since, end: at });
      since = null;
    }
  }
  return since === null ? spans : [...spans, { start: since, end: Number.POSITIVE_INFINITY }];
}
