import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import type { BackfillProgress } from '../../store/backfill-progress.ts';
import { type AskingParts, createAsking } from './asking.ts';
import type { Page } from './fetch-page.ts';
import { readRows } from './read-row.ts';
import { type Resource, resources } from './resources.ts';
import { mayBeOfCursor, refusalOf } from './troubles.ts';

/** Is told how it goes. */
export type Watch = {
  onPage(progress: BackfillProgress, page: Page): void;
  onWait(resource: string, reason: string, waitMs: number): void;
};

export type BackfillParts = AskingParts & {
  ingest: Pick<Ingest, 'recordHistory'>;
  watch: Watch;
  log: Log;
};

/** Whether each list has been read to its end. */
export function isComplete(progress: readonly BackfillProgress[]): boolean {
  return resources.every(({ name }) => progress.some((one) => one.resource === name && one.finishedAt !== null));
}

/**
 * Reads a company's whole history from Whop's REST API into facts, from where `begun` says that it has got. Only facts are
 * kept, no rows: Whop can be asked for those again. What webhooks tell meanwhile does no harm, since all facts merge by the
 * time of their source.
 * @throws UserError where Whop refuses, or doesn't answer for long
 */
export async function backfill(
  companyId: string,
  begun: readonly BackfillProgress[],
  parts: BackfillParts,
): Promise<BackfillProgress[]> {
  const done: BackfillProgress[] = [];
  for (const resource of resources) {
    const before = begun.find((one) => one.resource === resource.name);
    done.push(await readResource(resource, before ?? atBeginning(resource, companyId, parts), parts));
  }
  return done;
}

function atBeginning({ name }: Resource, companyId: string, { clock }: BackfillParts): BackfillProgress {
  const startedAt = clock.now();
  return { companyId, resource: name, cursor: null, rowsRead: 0, rowsUnread: 0, startedAt, finishedAt: null };
}

async function readResource(resource: Resource, begun: BackfillProgress, parts: BackfillParts) {
  const ask = createAsking({ resource, companyId: begun.companyId }, parts);
  let progress = begun;
  let restarted = false;
  while (progress.finishedAt === null) {
    try {
      const page = await ask(progress.cursor);
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

type Recording = { before: BackfillProgress; parts: BackfillParts };

function recordPage(resource: Resource, page: Page, { before, parts }: Recording): Promise<BackfillProgress> {
  const { ingest, clock, log } = parts;
  const { rows, unread } = readRows(resource, page, { companyId: before.companyId, log });
  return ingest.recordHistory({
    rows,
    progress: {
      ...before,
      cursor: page.next,
      rowsRead: before.rowsRead + rows.length,
      rowsUnread: before.rowsUnread + unread,
      finishedAt: page.next === null ? clock.now() : null,
    },
  });
}
