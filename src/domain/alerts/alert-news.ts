import type { FactKind, FactValue, Instant } from '../facts.ts';
import type { FactRow } from '../merge.ts';
import type { AlertKind } from './alert.ts';

/** A fact that has changed: what it was, null where it wasn't known, and what it is. */
type Changed = { kind: FactKind; id: string; before: FactRow | null; after: FactRow };

export type AlertNews = {
  kind: AlertKind;
  /** The same for the same event, however often it is told. */
  subject: string;
  thingId: string;
  at: Instant;
};

/** A history of years alerts nobody. */
const recentMs = 2 * 24 * 60 * 60 * 1000;

/** What staff has to know of a change, if it has just happened; null where there is nothing. */
export function alertNews(changed: Changed, now: Instant): AlertNews | null {
  const news = readers[changed.kind]?.(changed) ?? null;
  return news !== null && news.at > now - recentMs ? news : null;
}

type Values = FactRow['values'];

const readers: Partial<Readonly<Record<FactKind, (changed: Changed) => AlertNews | null>>> = {
  payment: failedPayment,
  membership: ({ id, before, after }) => cancellation(id, before?.values, after.values),
  dispute,
};

const unpaidStatuses: ReadonlySet<FactValue | undefined> = new Set([null, 'draft', 'open', 'pending', 'uncollectible']);

function failedPayment({ id, after: { values } }: Changed): AlertNews | null {
  const { status, failedAttempts, lastAttemptAt, createdAt } = values;
  if (!unpaidStatuses.has(status) || !(Number(failedAttempts) > 0)) return null;
  return told({ kind: 'failed_payment', subject: id, thingId: id }, lastAttemptAt ?? createdAt);
}

const endedStatuses: ReadonlySet<FactValue | undefined> = new Set(['canceled', 'expired', 'completed']);

/** A trial is told of once: when its end is decided, or when it ends. Anything else when its end is decided. */
function cancellation(id: string, before: Values | undefined, after: Values): AlertNews | null {
  const { status, cancelAtPeriodEnd, canceledAt, updatedAt, renewalPeriodEnd } = after;
  const trial = { kind: 'trial', subject: id, thingId: id } as const;
  if (before?.status === 'trialing' && endedStatuses.has(status)) return told(trial, updatedAt);
  if (cancelAtPeriodEnd !== true || before?.cancelAtPeriodEnd === true || endedStatuses.has(status)) return null;
  // Who takes it back and cancels again in a later period is told of again.
  const subject = typeof renewalPeriodEnd === 'number' ? `${id} ${new Date(renewalPeriodEnd).toISOString()}` : id;
  return told(status === 'trialing' ? trial : { kind: 'cancellation', subject, thingId: id }, canceledAt ?? updatedAt);
}

const openDisputes: ReadonlySet<FactValue | undefined> = new Set(['warning_needs_response', 'needs_response']);

/** A bank's warning, and the dispute that may become of it, are two things to know. */
function dispute({ id, after: { values } }: Changed): AlertNews | null {
  const { status, createdAt } = values;
  return openDisputes.has(status)
    ? told({ kind: 'dispute', subject: `${id} ${status}`, thingId: id }, createdAt)
    : null;
}

function told(news: Omit<AlertNews, 'at'>, at: FactValue | undefined): AlertNews | null {
  return typeof at === 'number' ? { ...news, at } : null;
}
