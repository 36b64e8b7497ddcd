import type { Activity } from '../domain/activity.ts';
import type { Instant } from '../domain/facts.ts';
import type { Delivery, Json } from '../ingest/delivery.ts';
import { type ActivityTelling, activityKindOf, activityOf, type WhopActivityKind } from './activities.ts';
import { cleanText } from './clean-text.ts';
import { eventTypeOf } from './event-types.ts';
import { linkClaimOf } from './link-claim.ts';
import { Reader, ShapeError } from './reader.ts';
import { redact } from './redact.ts';
import type { Verified } from './signature.ts';
import { type Facts, factsOf } from './snapshots.ts';

type Arrival = { verified: Verified; receivedAt: Instant; defaultCompanyId: string | null };

const nothing: Facts = { snapshots: [], changes: [] };

/** What a verified payload means. Every payload makes a delivery: what can't be understood is kept, with the reason. */
export function readDelivery(raw: Json, { verified, receivedAt, defaultCompanyId }: Arrival): Delivery {
  const name = nameOf(new Reader(raw));
  const payload = redact(raw, name);
  const type = isTypeName(name) ? name : '';
  const envelope = new Reader(payload);
  const companyId = companyOf(envelope) ?? defaultCompanyId ?? '';
  const { eventId, sentAt } = verified;
  const { facts, activities, error } = readPayload(type, envelope, { companyId, sentAt });
  const linkClaim = linkClaimOf(raw, name, companyOf(new Reader(raw)) ?? defaultCompanyId ?? '');
  const told = { ...facts, activities, linkClaim };
  return { companyId, source: 'whop', eventId, type, sentAt, receivedAt, payload, ...told, error };
}

function nameOf(envelope: Reader): string {
  return attempt(() => envelope.text('type', 'action', 'event')) ?? '';
}

/** Whatever else a name may hold has no place in the inbox or in a log. */
function isTypeName(name: string): boolean {
  return /^[a-z][\w.-]{0,99}$/i.test(name) && cleanText(name) === name;
}

const companyIdPattern = /^biz_[\w-]{1,100}$/;

/** Told by the envelope in some generations, by the data in others; in the oldest a company is a page. */
function companyOf(envelope: Reader): string | null {
  const data = envelope.object('data');
  const holders = [envelope, data, data.object('payment'), data.object('membership')];
  const told = holders.flatMap((holder) => [
    attempt(() => holder.reference('company')),
    attempt(() => holder.reference('account')),
    attempt(() => holder.text('page_id')),
  ]);
  return told.find((id) => typeof id === 'string' && companyIdPattern.test(id)) ?? null;
}

type Read = { facts: Facts; activities: Activity[]; error: string | null };

function unread(error: string | null): Read {
  return { facts: nothing, activities: [], error };
}

function readPayload(type: string, envelope: Reader, telling: { companyId: string; sentAt: Instant }): Read {
  if (type === '') return unread('it names no event');
  const event = eventTypeOf(type);
  const activityKind = activityKindOf(type);
  if (event === undefined && activityKind === undefined) return unread(null);
  // Nothing is left of a direct message.
  if (activityKind !== undefined && envelope.isNull()) return unread(null);
  if (telling.companyId === '') return unread('it names no company, and WHOP_COMPANY_ID is not set');
  try {
    const eventAt = envelope.instant('timestamp') ?? null;
    const data = envelope.object('data');
    if (event === undefined) return readActivity(activityKind, data, { companyId: telling.companyId, eventAt });
    const facts = factsOf(event, data, { ...telling, eventAt });
    const named = facts.snapshots.length > 0 || Boolean(data.text('id'));
    return { facts, activities: [], error: named ? null : 'its data names nothing by an id' };
  } catch (error) {
    if (error instanceof ShapeError) return unread(error.message);
    throw error;
  }
}

function readActivity(kind: WhopActivityKind | undefined, data: Reader, telling: ActivityTelling): Read {
  const activity = kind === undefined ? null : activityOf(kind, data, telling);
  return { ...unread(null), activities: activity === null ? [] : [activity] };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}
