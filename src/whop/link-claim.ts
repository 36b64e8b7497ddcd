import type { Json } from '../ingest/delivery.ts';
import type { LinkClaim } from '../ingest/links/claim-links.ts';
import { linkCodeHashesIn } from '../ingest/links/link-code.ts';
import { companyOf } from './company-of.ts';
import { Reader } from './reader.ts';
import { child } from './redact.ts';

/** Others, `system` and `automated`, are sent in a person's name. */
const writtenByThemselves = /^regular$/i;

const chatEvents = /(^|[._])messages?[._]created$/;

/**
 * Who sends a code that confirms who they are, read of a payload as it arrived: the text itself goes no further. Direct
 * messages count, too.
 */
export function linkClaimOf(raw: Json, eventName: string, defaultCompanyId: string | null): LinkClaim | null {
  if (!chatEvents.test(eventName)) return null;
  const data = child(raw, 'data');
  const message = child(data, 'message') ?? data;
  const text = child(message, 'content');
  const whopUserId = child(child(message, 'user'), 'id') ?? child(message, 'user_id');
  if (!writtenByThemselves.test(String(child(message, 'message_type') ?? 'regular'))) return null;
  if (typeof text !== 'string' || typeof whopUserId !== 'string' || !userIdPattern.test(whopUserId)) return null;
  const codeHashes = linkCodeHashesIn(text);
  const companyId = companyOf(new Reader(raw)) ?? defaultCompanyId;
  return codeHashes.length === 0 || !companyId ? null : { companyId, whopUserId, codeHashes };
}

const userIdPattern = /^user_[\w-]{1,100}$/;
