import type { Activity } from '../domain/activity.ts';
import type { MembershipChange, Snapshot } from '../domain/facts.ts';
import type { LinkClaim } from './links/claim-links.ts';

/** A field that is undefined is not there: no JSON text tells it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** One event as a source delivered it, and the facts that were read from it. */
export type Delivery = {
  /** '' where nothing tells whose it is. */
  companyId: string;
  source: 'whop';
  /** The source's own id: a second delivery with the same one is a repeat. */
  eventId: string;
  type: string;
  /** Milliseconds since 1970, as are all times here. */
  sentAt: number;
  receivedAt: number;
  /** What is kept of it; nothing in here is private. */
  payload: Json;
  snapshots: readonly Snapshot[];
  changes: readonly MembershipChange[];
  /** What somebody did in the platform's chat. */
  activities: readonly Activity[];
  /** Who sent codes that say who they are in Discord; absent or null where nobody did. */
  linkClaim?: LinkClaim | null;
  /** Why no facts could be read, in words that hold nothing of the payload. */
  error: string | null;
};
