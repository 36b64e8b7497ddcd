import type { Json } from '../ingest/delivery.ts';

/** Fields that are private, secret or both: their values are never stored. */
const privateFields =
  /(^|_)(e_?mail|phone|address|token|secret|password|license_key|manage_url|answer|content|evidence|ip)(_|$)/i;

/** Of a chat message, a reaction or a post only this is kept: who, where, when and of which kind, never a word of it. */
const activityFields = /^(id|type|timestamp|action|api_version|emoji|.+_(id|at|type)|is_.+)$/;
const activityEvents = /(^|[._])(chat|messages?|dms?|support|forum|posts?|comments?|reactions?)([._]|$)/i;

const emailPattern = /[^\s@<>"'(),;:]{1,64}@[^\s@<>"'(),;:]{1,255}/g;
const phonePattern = /\+\d[\d ().-]{6,20}\d/g;

/** Deeper than any payload of Whop's, and well within what the parser and Postgres bear. */
const maxDepth = 64;

/** A payload without what must not be stored: e-mail addresses, phone numbers, tokens, addresses and message text. */
export function redact(payload: Json, eventType: string): Json {
  if (!activityEvents.test(eventType)) return withoutPrivate(payload, 0);
  return isPublicChannel(payload) ? onlyActivity(payload, 0) : null;
}

/** Direct and support messages come through the same events as a channel's: of those nothing is kept. */
function isPublicChannel(payload: Json): boolean {
  const type = child(child(child(payload, 'data'), 'channel'), 'type');
  return type === undefined || type === 'chat';
}

function withoutPrivate(value: Json, depth: number): Json {
  if (typeof value === 'string') return cleanText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === maxDepth) return null;
  if (Array.isArray(value)) return value.map((item) => withoutPrivate(item, depth + 1));
  const kept = Object.entries(value).filter(([key]) => !privateFields.test(key));
  return Object.fromEntries(kept.map(([key, item]) => [cleanText(key), withoutPrivate(item, depth + 1)]));
}

function onlyActivity(value: Json, depth: number): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || depth === maxDepth) return null;
  const kept = Object.entries(value).flatMap(([key, item]): [string, Json][] => {
    if (item !== null && typeof item === 'object') return [[key, onlyActivity(item, depth + 1)]];
    return activityFields.test(key) ? [[key, typeof item === 'string' ? cleanText(item) : item]] : [];
  });
  return Object.fromEntries(kept);
}

/** Also without what Postgres can't store as text: NUL and halves of surrogate pairs. */
function cleanText(text: string): string {
  const storable = text.replaceAll('\0', '').toWellFormed();
  return storable.replace(emailPattern, '[e-mail]').replace(phonePattern, '[phone]');
}

export function child(value: Json | undefined, key: string): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value[key] : undefined;
}
