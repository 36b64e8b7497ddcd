import type { FactKind, FactValue, Instant } from '../facts.ts';
import type { FactRow } from '../merge.ts';
import type { AlertKind } from './alert.ts';

/** A fact as it is now: what it was before would depend on the order in which it was told. */
type Known = { kind: FactKind; id: string; after: FactRow };

export type AlertNews = {
  kind: AlertKind;
  /** The same for the same event, however often it is told. */
  subject: string;
  /** Of the same member, kind and reason one is told in 14 days. */
  reason: string;
  thingId: string;
  at: Instant;
};

/** What staff has to know of a fact, if it has just happened: a history of years alerts nobody. */
export function alertNews({ kind, id, after }: Known, now: Instant): AlertNews[] {
  const told = readers[kind]?.(id, after.values) ?? [];
  return told.flatMap(({ at, ...news }) => (typeof at === 'number' && isRecent(at, now) ? [{ ...news, at }] : []));
}

/**
 * A membership that ended in its trial: only what was seen of it before, and its payments, can tell that.
 * @param endedAt null where nothing tells it
 */
export function lostTrialNews(id: string, endedAt: Instant | null, now: Instant): AlertNews[] {
  return endedAt !== null && isRecent(endedAt, now) ? [{ ...trialOf(id), at: endedAt }] : [];
}

const recentMs = 2 * 24 * 60 * 60 * 1000;

function isRecent(at: Instant, now: Instant): boolean {
  return at > now - recentMs;
}

type Values = FactRow['values'];
type Told = Omit<AlertNews, 'at'> & { at: FactValue | undefined };
type NewsReader = (id: string, values: Values) => Told[];

const readers: Partial<Readonly<Record<FactKind, NewsReader>>> = {
  payment: (id, values) => [...failedPayment(id, values), ...warnedPayment(id, values)],
  membership: cancellation,
  dispute,
};

const unpaidStatuses: ReadonlySet<FactValue | undefined> = new Set([null, 'draft', 'open', 'pending', 'uncollectible']);

function failedPayment(id: string, values: Values): Told[] {
  const { status, failedAttempts, lastAttemptAt, createdAt } = values;
  if (!unpaidStatuses.has(status) || !(Number(failedAttempts) > 0)) return [];
  return [{ kind: 'failed_payment', subject: id, reason: '', thingId: id, at: lastAttemptAt ?? createdAt }];
}

const endedStatuses: ReadonlySet<FactValue | undefined> = new Set(['canceled', 'expired', 'completed']);

/** A trial is told of once: when its end is decided, or when it ends. Anything else when its end is decided. */
function cancellation(id: string, values: Values): Told[] {
  const { status, cancelAtPeriodEnd, canceledAt, updatedAt, renewalPeriodEnd } = values;
  if (cancelAtPeriodEnd !== true || endedStatuses.has(status)) return [];
  const at = canceledAt ?? updatedAt;
  if (status === 'trialing') return [{ ...trialOf(id), at }];
  // Who takes it back and cancels again in a later period is told of again.
  const subject = typeof renewalPeriodEnd === 'number' ? `${id} ${new Date(renewalPeriodEnd).toISOString()}` : id;
  return [{ kind: 'cancellation', subject, reason: '', thingId: id, at }];
}

function trialOf(id: string): Omit<AlertNews, 'at'> {
  return { kind: 'trial', subject: id, reason: '', thingId: id };
}

/** A bank's warning, and the dispute that may become of it, are two things to know, each with its own time to answer. */
function dispute(id: string, { status, createdAt, paymentId }: Values): Told[] {
  if (status === 'needs_response') return [disputeOf(`dispute ${id}`, id, createdAt)];
  return status === 'warning_needs_response' ? [disputeOf(`warning ${paymentId ?? id}`, id, createdAt)] : [];
}

/** Of a warning before there is a dispute. */
function warnedPayment(id: string, { disputeAlertedAt }: Values): Told[] {
  return disputeAlertedAt === null ? [] : [disputeOf(`warning ${id}`, id, disputeAlertedAt)];
}

function disputeOf(subject: string, thingId: string, at: FactValue | undefined): Told {
  return { kind: 'dispute', subject, reason: subject, thingId, at };
}
