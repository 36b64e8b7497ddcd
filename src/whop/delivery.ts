import type { Activity } from '../domain/activity.ts';
import type { Instant } from '../domain/facts.ts';
import type { Delivery, Json } from '../ingest/delivery.ts';
import { type ActivityTelling, activityKindOf, activityOf, type WhopActivityKind } from './activities.ts';
import { cleanText } from './clean-text.ts';
import { companyOf } from './company-of.ts';
import { type EventType, eventTypeOf } from './event-types.ts';
import { linkClaimOf } from './link-claim.ts';
import { attempt, Reader, ShapeError } from './reader.ts';
import { redact } from './redact.ts';
import type { Verified } from './signature.ts';
import { type Facts, factsOf } from './snapshots.ts';
import type { Telling } from './values.ts';

type Arrival = { verified: Verified; receivedAt: Instant; defaultCompanyId: string | null };

/** What a verified payload means. Every payload makes a delivery: what can't be understood is kept, with the reason. */
export function readDelivery(raw: Json, { verified, receivedAt, defaultCompanyId }: Arrival): Delivery {
  const name = nameOf(new Reader(raw));
  const payload = redact(raw, name);
  const type = isTypeName(name) ? name : '';
  const envelope = new Reader(payload);
  const companyId = companyOf(envelope) ?? defaultCompanyId ?? '';
  const { eventId, sentAt } = verified;
  const { snapshots, changes, activities, error } = readPayload(type, envelope, { companyId, sentAt });
  const linkClaim = linkClaimOf(raw, name, defaultCompanyId);
  return {
    companyId,
    source: 'whop',
    eventId,
    type,
    sentAt,
    receivedAt,
    payload,
    snapshots,
    changes,
    activities,
    linkClaim,
    error,
  };
}

function nameOf(envelope: Reader): string {
  return attempt(() => envelope.text('type', 'action', 'event')) ?? '';
}

/** Whatever else a name may hold has no place in the inbox or in a log. */
function isTypeName(name: string): boolean {
  return /^[a-z][\w.-]{0,99}$/i.test(name) && cleanText(name) === name;
}

type Read = Facts & { activities: Activity[]; error: string | null };

function unread(error: string | null): Read {
  return { snapshots: [], changes: [], activities: [], error };
}

function readPayload(type: string, envelope: Reader, telling: { companyId: string; sentAt: Instant }): Read {
  if (type === '') return unread('it names no event');
  const event = eventTypeOf(type) ?? activityKindOf(type);
  // Nothing is left of a direct message.
  if (event === undefined || envelope.isNull()) return unread(null);
  const { companyId, sentAt } = telling;
  if (companyId === '') return unread('it names no company, and WHOP_COMPANY_ID is not set');
  try {
    const eventAt = envelope.instant('timestamp') ?? null;
    const data = envelope.object('data');
    if (typeof event === 'string') return readActivity(event, data, { companyId, eventAt });
    return readFacts(event, data, { companyId, eventAt, sentAt });
  } catch (error) {
    if (error instanceof ShapeError) return unread(error.message);
    throw error;
  }
}

function readFacts(event: EventType, data: Reader, telling: Telling): Read {
  const { snapshots, changes } = factsOf(event, data, telling);
  const named = snapshots.length > 0 || Boolean(data.text('id'));
  return { snapshots, changes, activities: [], error: named ? null : 'its data names nothing by an id' };
}

function readActivity(kind: WhopActivityKind, data: Reader, telling: ActivityTelling): Read {
  const activity = activityOf(kind, data, telling);
  return { ...unread(null), activities: activity === null ? [] : [activity] };
}
