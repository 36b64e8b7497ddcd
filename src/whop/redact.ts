import type { Json } from '../ingest/delivery.ts';
import { cleanText } from './clean-text.ts';

/** Fields that are private, secret or both, by their names in snake case: their values are never stored. */
const privateFields =
  /e_?mail|phone|address|passw|secret|token|api_?key|licen[cs]e_key|manage_url|custom_field_responses|attachment|activity_log|last_?4|exp_(month|year)|(^|_)(card|answers?|contents?|evidence|ip|auth|authorization|cookies?|credentials?|mobile|whatsapp)(_|\d|$)/;

/**
 * Of a chat message, a reaction, a post or a review only this is kept: who, where, when, of which kind and how many stars,
 * never a word of it.
 */
const activityEvents = /(^|[._])(chat|messages?|dms?|support|forum|posts?|comments?|reactions?|reviews?)([._]|$)/i;
const activityParts =
  /^(data|channel|message|reaction|post|comment|review|feed|experience|product|user|audience|company|account)$/;
const activityFields =
  /^(id|type|timestamp|action|event|api_version|api_version_date|emoji|stars|status|paid_for_product|[a-z_]+_(id|at|type)|is_[a-z_]+)$/;
const activityWord = /^([\w.:+-]{1,100}|\p{Extended_Pictographic}\S{0,16})$/u;

/** Of these nothing is kept. */
const directEvents = /(^|[._])(dms?|direct|support)([._]|$)/i;

/** Deeper than any payload of Whop's, and well within what the parser and Postgres bear. */
const maxDepth = 64;

/** A payload without what must not be stored: e-mail addresses, phone numbers, tokens, addresses and message text. */
export function redact(payload: Json, eventType: string): Json {
  if (!activityEvents.test(eventType)) return withoutPrivate(payload, 0);
  return directEvents.test(eventType) || isDirect(child(payload, 'data')) ? null : onlyActivity(payload, 0);
}

/** Direct and support messages come through the same events as a channel's. */
function isDirect(data: Json | undefined): boolean {
  const channelTypes = [child(child(data, 'channel'), 'type'), child(data, 'channel_type')];
  const isChat = channelTypes.every((type) => type === undefined || type === 'chat');
  return !isChat || child(child(data, 'audience'), 'type') === 'users';
}

function withoutPrivate(value: Json, depth: number): Json {
  if (typeof value === 'string') return cleanText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth === maxDepth) return null;
  if (Array.isArray(value)) return value.map((item) => withoutPrivate(item, depth + 1));
  // Copied whole, since what is put together field by field becomes a hash table, slow to read and to write out.
  const kept = { ...value };
  for (const key in value) {
    const name = publicName(key);
    const clean = name === null ? undefined : withoutPrivate(value[key] ?? null, depth + 1);
    kept[key] = name === key ? clean : undefined;
    // Under another name it may be one that an assignment takes for the object's prototype.
    if (name !== null && name !== key) Object.defineProperty(kept, name, { ...ordinary, value: clean });
  }
  return kept;
}

const ordinary = { configurable: true, enumerable: true, writable: true } as const;

/** Whop's own names are some hundreds; what merchants and attackers invent besides isn't remembered without end. */
const mostNamesKnown = 5_000;
const namesKnown = new Map<string, string | null>();

/** The name that a field is kept under; null for a private one. */
function publicName(key: string): string | null {
  const known = namesKnown.get(key);
  if (known !== undefined) return known;
  const name = privateFields.test(snakeCase(key)) ? null : cleanText(key);
  if (namesKnown.size < mostNamesKnown) namesKnown.set(key, name);
  return name;
}

/** The merchants' own metadata name their fields in any way. */
function snakeCase(key: string): string {
  return key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();
}

function onlyActivity(value: Json, depth: number): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || depth === maxDepth) return null;
  const kept = Object.entries(value).flatMap(([key, item = null]): [string, Json][] => {
    if (item !== null && typeof item === 'object') {
      return activityParts.test(key) ? [[key, onlyActivity(item, depth + 1)]] : [];
    }
    return activityFields.test(key) && isWord(item) ? [[key, item]] : [];
  });
  return Object.fromEntries(kept);
}

/** An id, a time, a kind, an emoji, a number or a flag, but no sentence and nothing private. */
function isWord(value: Json): boolean {
  return typeof value !== 'string' || (activityWord.test(value) && cleanText(value) === value);
}

export function child(value: Json | undefined, key: string): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value[key] : undefined;
}
