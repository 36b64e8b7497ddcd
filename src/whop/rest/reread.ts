import type { Instant } from '../../domain/facts.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import { type AskingParts, createAsking } from './asking.ts';
import { readRows } from './read-row.ts';
import { type Resource, resources, type Since } from './resources.ts';
import { refusalOf } from './troubles.ts';

/** What was read of one list, and how much of that was news. */
export type RereadList = {
  resource: string;
  rowsRead: number;
  /** Those of `rowsRead` that couldn't be understood, or stored. */
  rowsUnread: number;
  rowsChanged: number;
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
 * How each list is asked for all that may have changed since. Products and plans are few. Memberships tell no time by which
 * they could be asked for, and any of them may end, so that they are read whole: 60,000 take a minute at Whop's limit.
 */
const rereadings: ReadonlyMap<string, (since: Instant) => Since> = new Map([
  ['products', everything],
  ['plans', everything],
  ['memberships', everything],
  ['payments', (since) => ({ updated_after: iso(since) })],
  ['refunds', claims],
  ['disputes', claims],
]);

/**
 * Reads again all of a company's that may have changed since a time, or everything where that is null, and merges it into
 * the facts. Repeating it changes nothing.
 * @throws UserError where Whop refuses, or doesn't answer for long
 */
export async function reread(companyId: string, since: Instant | null, parts: RereadParts): Promise<RereadList[]> {
  const lists: RereadList[] = [];
  for (const resource of resources) {
    const sinceOf = rereadings.get(resource.name);
    if (sinceOf === undefined) continue;
    lists.push(
      await rereadList(resource, companyId, { since: since === null ? {} : sinceOf(since - overlapMs), parts }),
    );
  }
  return lists;
}

type Reading = { since: Since; parts: RereadParts };

async function rereadList(resource: Resource, companyId: string, { since, parts }: Reading): Promise<RereadList> {
  const ask = createAsking({ resource, companyId, since }, parts);
  const sum: RereadList = { resource: resource.name, rowsRead: 0, rowsUnread: 0, rowsChanged: 0 };
  let cursor: string | null = null;
  try {
    do {
      const page = await ask(cursor);
      const { rows, unread } = readRows(resource, page, { companyId, log: parts.log });
      const { changed, refused } = await parts.ingest.recordReread({ companyId, resource: resource.name, rows });
      sum.rowsRead += rows.length;
      sum.rowsUnread += unread + refused;
      sum.rowsChanged += changed;
      cursor = page.next;
    } while (cursor !== null);
  } catch (error) {
    throw refusalOf(error, { resource, companyId }) ?? error;
  }
  return sum;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
