import type { Instant } from '../../domain/facts.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import { type AskingParts, createAsking } from './asking.ts';
import { readRows } from './read-row.ts';
import { type Resource, resources, type Since } from './resources.ts';
import { Forbidden, refusalOf } from './troubles.ts';

/** What was read of one list, and how much of that was news. */
export type RereadList = {
  resource: string;
  rowsRead: number;
  /** Those of `rowsRead` that couldn't be understood, or stored. */
  rowsUnread: number;
  rowsChanged: number;
  /** Why the key may not read it; null where it may. */
  refusal: string | null;
};

export type RereadParts = AskingParts & { ingest: Pick<Ingest, 'recordReread'>; log: Log };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Whop's clock and ours differ, and a payment may become visible a little after the time that it tells. */
const overlapMs = hourMs;

/**
 * Refunds and disputes can be asked for by their creation alone, and go on changing after it: banks take up to some 120
 * days to settle a dispute or a refund that is pending.
 */
const claimsChangeForMs = 120 * dayMs;

const everything = (): Since => ({});
const claims = (since: Instant): Since => ({ created_after: iso(since - claimsChangeForMs) });

/**
 * How each list is asked for all that may have changed since; what isn't named is left to the backfill. Memberships can't be
 * asked for by when they changed, and any of them may end, so that they are read whole: 60,000 take a minute at Whop's limit.
 * Of the other lists that are read whole all rows may change, too, and they are shorter. Members tell nothing that
 * memberships don't, and reviews take a request for each product, though no figure is made of them.
 */
const rereadings: ReadonlyMap<string, (since: Instant) => Since> = new Map([
  ['products', everything],
  ['plans', everything],
  ['memberships', everything],
  ['payments', (since) => ({ updated_after: iso(since) })],
  ['refunds', claims],
  ['disputes', claims],
  ['promo_codes', everything],
  ['affiliates', everything],
  ['entries', everything],
]);

/**
 * Reads again all of a company's that may have changed since a time, or everything where that is null, and merges it into
 * the facts. Repeating it changes nothing. A list that the key may not read keeps no other from being read.
 * @throws UserError where Whop refuses, or doesn't answer for long
 */
export async function reread(companyId: string, since: Instant | null, parts: RereadParts): Promise<RereadList[]> {
  const lists: RereadList[] = [];
  for (const resource of resources) {
    const sinceOf = rereadings.get(resource.name);
    if (sinceOf === undefined) continue;
    const asked = since === null ? {} : sinceOf(since - overlapMs);
    lists.push(await rereadList(resource, companyId, { since: asked, parts }));
  }
  return lists;
}

type Reading = { since: Since; parts: RereadParts };

async function rereadList(resource: Resource, companyId: string, { since, parts }: Reading): Promise<RereadList> {
  const ask = createAsking(resource, parts, since);
  const sum: RereadList = { resource: resource.name, rowsRead: 0, rowsUnread: 0, rowsChanged: 0, refusal: null };
  let cursor: string | null = null;
  try {
    do {
      const page = await ask(companyId, cursor);
      const { rows, unread } = readRows(resource, page, { companyId, productId: null, log: parts.log });
      const { changed, refused } = await parts.ingest.recordReread({ companyId, resource: resource.name, rows });
      sum.rowsRead += rows.length;
      sum.rowsUnread += unread + refused;
      sum.rowsChanged += changed;
      cursor = page.next;
    } while (cursor !== null);
  } catch (error) {
    const refusal = refusalOf(error, { resource, companyId });
    if (!(refusal instanceof Forbidden)) throw refusal ?? error;
    sum.refusal = refusal.message;
  }
  return sum;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
