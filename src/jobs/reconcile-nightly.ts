import { Passing } from '../domain/user-error.ts';
import { readBackfillRun } from '../store/backfill.ts';
import type { CompanySlot, JobParts, Write } from './job.ts';
import { reconcile } from './reconcile.ts';

/**
 * Heals what webhooks missed since the night before. A history that is still to be read, or was read since, has nothing to heal.
 * @throws Passing where Whop's lists are being read already
 */
export async function reconcileNightly({ companyId, slot, now }: CompanySlot, parts: JobParts): Promise<Write> {
  const { sources, reconciling, stopping, log } = parts;
  const history = await readBackfillRun(sources.database.pool, companyId);
  const readAt = history?.stopped === null ? history.endedAt : null;
  if (reconciling === null || readAt === null || readAt >= slot.at) return nothing;
  const done = await reconcile(companyId, now, reconciling(companyId, stopping));
  if (done === 'under way') throw new Passing('Whop’s lists are being read already.');
  const refused = done.lists.filter(({ refusal }) => refusal !== null).map(({ resource }) => resource);
  const changed = done.lists.reduce((sum, { rowsChanged }) => sum + rowsChanged, 0);
  log.info({ companyId, changed, refused }, 'reconciled');
  return nothing;
}

const nothing: Write = async () => undefined;
