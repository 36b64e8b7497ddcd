import { UserError } from '../../domain/user-error.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import type { BackfillProgress } from '../../store/backfill-progress.ts';
import { type Ask, type AskingParts, createAsking } from './asking.ts';
import type { Page } from './fetch-page.ts';
import { readRows } from './read-row.ts';
import { type Resource, resources } from './resources.ts';
import { Forbidden, isGone, mayBeOfCursor, refusalOf } from './troubles.ts';

/** Is told how it goes. */
export type Watch = {
  onPage(progress: BackfillProgress, page: Page): void;
  onWait(resource: string, reason: string, waitMs: number): void;
};

export type BackfillParts = AskingParts & {
  ingest: Pick<Ingest, 'recordHistory'>;
  watch: Watch;
  log: Log;
  /** The company's next product behind this one, or its first one; null behind the last. */
  nextProductId(companyId: string, after: string | null): Promise<string | null>;
};

/** Whether each list has been read to its end. */
export function isComplete(progress: readonly BackfillProgress[]): boolean {
  return resources.every(({ name }) => progress.some((one) => one.resource === name && one.finishedAt !== null));
}

/**
 * Reads a company's whole history from Whop's REST API into facts, from where `begun` says that it has got. Only facts are
 * kept, no rows: Whop can be asked for those again. What webhooks tell meanwhile does no harm, since all facts merge by the
 * time of their source. A list that the key may not read keeps no other from being read.
 * @throws UserError where Whop refuses, or doesn't answer for long
 */
export async function backfill(
  companyId: string,
  begun: readonly BackfillProgress[],
  parts: BackfillParts,
): Promise<BackfillProgress[]> {
  const done: BackfillProgress[] = [];
  const refusals: Forbidden[] = [];
  for (const resource of resources) {
    // Without all products there is no telling whose lists there are.
    if (resource.of === 'product' && !done.some(({ resource: name }) => name === 'products')) continue;
    const before = begun.find((one) => one.resource === resource.name);
    try {
      done.push(await readResource(resource, before ?? atBeginning(resource, companyId, parts), parts));
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw new UserError(refusals.map(({ message }) => message).join(' '));
  return done;
}

function atBeginning({ name }: Resource, companyId: string, { clock }: BackfillParts): BackfillProgress {
  const position = { productId: null, cursor: null, rowsRead: 0, rowsUnread: 0 };
  return { companyId, resource: name, ...position, startedAt: clock.now(), finishedAt: null };
}

async function readResource(resource: Resource, begun: BackfillProgress, parts: BackfillParts) {
  const ask = createAsking(resource, parts);
  let progress = begun;
  let restarted = false;
  while (progress.finishedAt === null) {
    try {
      const page = await readPage(resource, progress, ask);
      progress = await recordPage(resource, page, { before: progress, parts });
      parts.watch.onPage(progress, page);
    } catch (error) {
      if (restarted || progress.cursor === null || !mayBeOfCursor(error)) {
        throw refusalOf(error, { resource, companyId: begun.companyId }) ?? error;
      }
      restarted = true;
      progress = atBeginning(resource, begun.companyId, parts);
    }
  }
  return progress;
}

const nothing: Page = { rows: [], next: null, askedAt: 0 };

/** Nothing before the first product, and of one that is known here and no longer at Whop. */
async function readPage(resource: Resource, { companyId, productId, cursor }: BackfillProgress, ask: Ask) {
  if (resource.of === 'company') return ask(companyId, cursor);
  if (productId === null) return nothing;
  try {
    return await ask(productId, cursor);
  } catch (error) {
    if (cursor === null && isGone(error)) return nothing;
    throw error;
  }
}

type Recording = { before: BackfillProgress; parts: BackfillParts };

async function recordPage(resource: Resource, page: Page, { before, parts }: Recording): Promise<BackfillProgress> {
  const { ingest, log } = parts;
  const { companyId, productId } = before;
  const { rows, unread } = readRows(resource, page, { companyId, productId, log });
  return ingest.recordHistory({
    rows,
    progress: {
      ...before,
      ...(await positionBehind(resource, page, { before, parts })),
      rowsRead: before.rowsRead + rows.length,
      rowsUnread: before.rowsUnread + unread,
    },
  });
}

type Position = Pick<BackfillProgress, 'productId' | 'cursor' | 'finishedAt'>;

/** Where it goes on: with the same list, with that of the next product, or nowhere. */
async function positionBehind(resource: Resource, page: Page, { before, parts }: Recording): Promise<Position> {
  if (page.next !== null) return { productId: before.productId, cursor: page.next, finishedAt: null };
  const { companyId } = before;
  const productId = resource.of === 'product' ? await parts.nextProductId(companyId, before.productId) : null;
  return { productId, cursor: null, finishedAt: productId === null ? parts.clock.now() : null };
}
