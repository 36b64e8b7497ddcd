import type { Instant, Snapshot } from '../../domain/facts.ts';
import type { Json } from '../../ingest/delivery.ts';
import type { Log } from '../../log.ts';
import type { Subject } from '../event-types.ts';
import { Reader, ShapeError } from '../reader.ts';
import { redact } from '../redact.ts';
import { factsOf } from '../snapshots.ts';
import type { Page } from './fetch-page.ts';
import type { Resource } from './resources.ts';

type RowContext = {
  subject: Subject;
  companyId: string;
  /** Whose list it is where each product has one: its rows don't say so. */
  productId: string | null;
  askedAt: Instant;
};

type ReadRow = { snapshots: readonly Snapshot[]; error: string | null };

type PageContext = Pick<RowContext, 'companyId' | 'productId'> & { log: Log };

/** What each row of a page tells, and how many couldn't be understood; those are logged, with the reason of the first. */
export function readRows({ name, subject }: Resource, page: Page, { companyId, productId, log }: PageContext) {
  const rows = page.rows.map((row) => readRow(row, { subject, companyId, productId, askedAt: page.askedAt }));
  const unread = rows.filter(({ error }) => error !== null);
  if (unread.length > 0) {
    log.warn({ companyId, resource: name, rows: unread.length, error: unread[0]?.error }, 'rows not understood');
  }
  return { rows: rows.map(({ snapshots }) => snapshots), unread: unread.length };
}

/**
 * A row of one of Whop's lists is the payload of an event without the event: it says what is so, not what has happened. One
 * without a time of its own (a refund, a dispute) is as new as the request.
 */
function readRow(raw: Json, { subject, companyId, productId, askedAt }: RowContext): ReadRow {
  const row = new Reader(withProduct(redact(raw, subject), productId));
  try {
    if (isOfAnother(row, companyId)) return unread('it is of another company');
    const { snapshots } = factsOf({ subject }, row, { companyId, eventAt: askedAt, sentAt: askedAt });
    return row.text('id') ? { snapshots, error: null } : unread('it has no id');
  } catch (error) {
    if (error instanceof ShapeError) return unread(error.message);
    throw error;
  }
}

function withProduct(row: Json, productId: string | null): Json {
  if (productId === null || row === null || typeof row !== 'object' || Array.isArray(row)) return row;
  return { ...row, product_id: productId };
}

function isOfAnother(row: Reader, companyId: string): boolean {
  const told = row.reference('company') ?? row.reference('account');
  return typeof told === 'string' && told.startsWith('biz_') && told !== companyId;
}

function unread(error: string): ReadRow {
  return { snapshots: [], error };
}
