import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A delivery whose signature is right: its own id, and when it was sent (ms since 1970). */
export type Verified = { verified: true; eventId: string; sentAt: number };
/** `cause` is what is counted, `reason` what the sender is told. */
export type Refused = { verified: false; cause: RefusalCause; reason: string };
type RefusalCause = 'missing' | 'stale' | 'mismatch' | 'no_secret';

export type SignatureHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** How far a delivery's own time may be from ours, either way, both in whole seconds. */
const toleranceSeconds = 5 * 60;

/**
 * Checks Whop's signature over the bytes as they were received, against each of the secrets that are valid at present.
 * Current deliveries follow Standard Webhooks (`webhook-*` headers), legacy ones carry `x-whop-signature: t=…,v1=<hex>`.
 * The key is in both the secret's own bytes, its `ws_` included.
 */
export function verifySignature(
  body: Uint8Array,
  headers: SignatureHeaders,
  { secrets, now }: { secrets: readonly string[]; now: number },
): Verified | Refused {
  const claim = standardClaim(headers) ?? legacyClaim(headers);
  if (claim === null) return refuse('missing', 'The signature headers are missing or malformed.');
  if (Math.abs(Math.floor(now / 1000) - claim.timestamp) > toleranceSeconds)
    return refuse('stale', 'The signature is older or newer than five minutes.');
  if (!secrets.some((secret) => matches(claim, secret, body)))
    return refuse('mismatch', 'The signature matches no secret.');
  const eventId = claim.eventId ?? createHash('sha256').update(claim.prefix).update(body).digest('hex');
  return { verified: true, eventId, sentAt: claim.timestamp * 1000 };
}

type Claim = {
  /** Null for legacy deliveries, which have no id. */
  eventId: string | null;
  /** Whole seconds since 1970. */
  timestamp: number;
  /** What is signed before the body. */
  prefix: string;
  /** As they were written, in `encoding`. */
  signatures: readonly string[];
  encoding: 'base64' | 'hex';
};

/** Longer ones fit in no index, and Whop's have 30 characters. */
const idPattern = /^[\x21-\x7e]{1,255}$/;

function standardClaim(headers: SignatureHeaders): Claim | null {
  const id = single(headers['webhook-id']);
  const seconds = single(headers['webhook-timestamp']);
  const list = single(headers['webhook-signature']);
  const timestamp = wholeSeconds(seconds);
  if (id === null || !idPattern.test(id) || timestamp === null || list === null) return null;
  const versioned = list.split(' ').filter((signature) => signature.startsWith('v1,'));
  const signatures = versioned.map((signature) => signature.split(',')[1] ?? '');
  return { eventId: id, timestamp, prefix: `${id}.${seconds}.`, signatures, encoding: 'base64' };
}

const legacyPattern = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

function legacyClaim(headers: SignatureHeaders): Claim | null {
  const [, seconds = '', hex = ''] = legacyPattern.exec(single(headers['x-whop-signature']) ?? '') ?? [];
  const timestamp = wholeSeconds(seconds);
  if (timestamp === null) return null;
  return { eventId: null, timestamp, prefix: `${seconds}.`, signatures: [hex], encoding: 'hex' };
}

/** Compared as text: a decoder would take many spellings for the same signature. */
function matches({ prefix, signatures, encoding }: Claim, secret: string, body: Uint8Array): boolean {
  if (secret === '') return false;
  const expected = Buffer.from(createHmac('sha256', secret).update(prefix).update(body).digest(encoding));
  return signatures.some((text) => {
    const signature = Buffer.from(text);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}

function single(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && header !== '' ? header : null;
}

function wholeSeconds(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}

function refuse(cause: RefusalCause, reason: string): Refused {
  return { verified: false, cause, reason };
}
