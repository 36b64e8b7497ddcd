import {
  type FactKind,
  type Instant,
  type MembershipChange,
  type Snapshot,
  type SnapshotOf,
  type Version,
  version,
} from '../domain/facts.ts';
import { type EventType, type Subject, subjectOfId } from './event-types.ts';
import { affiliateValues, entryValues, promoCodeValues, reviewValues } from './marketing-values.ts';
import type { Reader } from './reader.ts';
import {
  type Context,
  claimedPaymentValues,
  claimValues,
  customerValues,
  disputeValues,
  membershipValues,
  paymentValues,
  planValues,
  type Telling,
  titleValues,
  type Values,
} from './values.ts';

/** What a delivery tells. */
export type Facts = { snapshots: Snapshot[]; changes: MembershipChange[] };

/** What is told of one thing. */
type ToldOf<K extends FactKind> = { kind: K; id: string; values: Values<K> };
type Told = { [K in FactKind]: ToldOf<K> }[FactKind];

/** The facts of one payload: of its subject, and of what it refers to as far as it tells of that. */
export function factsOf(event: EventType, payload: Reader, telling: Telling): Facts {
  const { subject, id, data } = subjectOf(event, payload);
  const made = versionOf(subject, data, telling);
  const main = id === null ? [] : tellers[subject](id, data, { event, telling });
  const told = [...main, ...referredTo(subject, payload)];
  return {
    snapshots: told.map((one) => snapshotOf(one, telling.companyId, made)),
    changes: subject === 'membership' && id !== null ? changesOf(id, event, data, telling) : [],
  };
}

function snapshotOf({ kind, id, values }: Told, companyId: string, made: Version): SnapshotOf<FactKind> {
  return { kind, companyId, id, version: made, values: toldFields(values, { nullTells: true }) };
}

/** Null tells that there is nothing, or as little as an absent field. */
function toldFields<V extends object>(values: V, { nullTells }: { nullTells: boolean }) {
  const told: Partial<V> = {};
  for (const field in values) {
    const value = values[field];
    if (value !== undefined && (nullTells || value !== null)) told[field] = value;
  }
  return told;
}

/**
 * What the payload is about: by its own id where that tells (older integrations send, say, a payment under a membership's
 * event), else by the event, whose subject may also be one level down or only referred to; of what has an id of its own beside
 * that reference, a status or a time is none of the subject's.
 */
function subjectOf(event: EventType, payload: Reader): { subject: Subject; id: string | null; data: Reader } {
  const id = payload.text('id') ?? null;
  const byId = id === null ? null : subjectOfId(id);
  if (byId !== null) return { subject: byId, id, data: payload };
  const within = payload.object(event.subject);
  const idWithin = within.text('id');
  if (idWithin) return { subject: event.subject, id: idWithin, data: within };
  const referred = payload.text(`${event.subject}_id`);
  if (referred && id !== null && id !== referred) {
    return { subject: event.subject, id: referred, data: payload.referencesOnly() };
  }
  return { subject: event.subject, id: referred ?? id, data: payload };
}

type Teller = (id: string, data: Reader, context: Context) => Told[];

const tellers: Readonly<Record<Subject, Teller>> = {
  payment: (id, data, context) => [{ kind: 'payment', id, values: paymentValues(data, context) }],
  membership: (id, data, context) => [{ kind: 'membership', id, values: membershipValues(data, context) }],
  refund: (id, data) => [{ kind: 'refund', id, values: claimValues(data) }],
  dispute: (id, data) => [{ kind: 'dispute', id, values: disputeValues(data) }],
  dispute_alert: (_id, data) => alertedDispute(data),
  plan: (id, data) => [{ kind: 'plan', id, values: planValues(data) }],
  product: (id, data) => [{ kind: 'product', id, values: { title: data.text('title', 'name') } }],
  promo_code: (id, data) => [{ kind: 'promo_code', id, values: promoCodeValues(data) }],
  affiliate: (id, data) => [{ kind: 'affiliate', id, values: affiliateValues(data) }],
  entry: (id, data, { event }) => [{ kind: 'waitlist_entry', id, values: entryValues(data, event.says === 'deleted') }],
  review: (id, data) => [{ kind: 'review', id, values: reviewValues(data) }],
  member: () => [],
};

/** A bank may warn before there is a dispute: then only the payment can tell of it. */
function alertedDispute(alert: Reader): Told[] {
  const dispute = alert.object('dispute');
  const id = dispute.text('id');
  const paymentId = dispute.reference('payment') ?? alert.reference('payment');
  const disputeAlertedAt = alert.instant('created_at');
  return [
    ...(id ? [{ kind: 'dispute' as const, id, values: { ...disputeValues(dispute), paymentId } }] : []),
    ...(paymentId && disputeAlertedAt
      ? [{ kind: 'payment' as const, id: paymentId, values: { disputeAlertedAt } }]
      : []),
  ];
}

/**
 * What a payload says of the things that it refers to, by the way: names, and of a claimed payment its amounts. Only what
 * is there counts; a missing field of a reference means nothing.
 */
function referredTo(subject: Subject, data: Reader): Told[] {
  const payment = data.object('payment');
  const references = [
    reference('company', data.object('company'), titleValues),
    reference('product', data.object('product'), titleValues),
    reference('plan', data.object('plan'), planValues),
    reference('promo_code', data.object('promo_code'), promoCodeValues),
    reference('customer', data.object('user'), customerValues),
    reference('customer', payment.object('user'), customerValues),
    reference('customer', data.object('member').object('user'), customerValues),
    subject === 'payment' ? null : reference('payment', payment, claimedPaymentValues),
  ];
  return references.filter((told) => told !== null);
}

function reference<K extends FactKind>(kind: K, thing: Reader, valuesOf: (thing: Reader) => Values<K>) {
  if (!thing.isTold()) return null;
  const values = toldFields(valuesOf(thing), { nullTells: false });
  const id = thing.text('id');
  return id && Object.keys(values).length > 0 ? { kind, id, values } : null;
}

/** When the source made this snapshot: its own update, else the event; a legacy payment's own dates; else not told. */
function versionOf(subject: Subject, data: Reader, { eventAt, sentAt }: Telling): Version {
  // An affiliate's sums are made when they are asked for, and needn't touch its own update.
  if (subject === 'affiliate' && eventAt !== null) return version(eventAt, true);
  const own = data.instant('updated_at') ?? eventAt ?? (subject === 'payment' ? latestDate(data) : null);
  return own === null ? version(sentAt, false) : version(own, true);
}

function latestDate(payment: Reader): Instant | null {
  const dates = ['paid_at', 'refunded_at', 'last_payment_attempt', 'created_at'];
  const told = dates.flatMap((key) => payment.instant(key) ?? []);
  return told.length === 0 ? null : Math.max(...told);
}

function changesOf(membershipId: string, event: EventType, data: Reader, { eventAt }: Telling): MembershipChange[] {
  const at = eventAt ?? data.instant('updated_at');
  const { says } = event;
  if (at === null || at === undefined || (says !== 'activated' && says !== 'deactivated')) return [];
  // Older integrations also announce a membership that has only been drafted.
  if (says === 'activated' && data.text('status') === 'drafted') return [];
  return [{ membershipId, change: says, at }];
}
