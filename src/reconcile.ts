import type { Whop } from '@whop/sdk';
import type { Config } from './config.ts';
import { createIngest, type Ingest } from './ingest/ingest.ts';
import { refreshCompany } from './ingest/rebuild.ts';
import { type ReconcileParts, type Reconciliation, reconcile } from './jobs/reconcile.ts';
import type { Log } from './log.ts';
import type { Sources } from './reports/question.ts';
import { openStore } from './store/open-store.ts';
import { type AskingParts, askingWhop } from './whop/rest/asking.ts';
import { createWhopClient } from './whop/rest/client.ts';
import { logWaits } from './whop/rest/log-waits.ts';
import { reread } from './whop/rest/reread.ts';
import { createStatReader } from './whop/rest/stats.ts';

type Reconciling = { log: Log; stopping: AbortSignal; watch: AskingParts['watch'] };

/**
 * Heals what webhooks missed of one company, and compares its figures with Whop's own.
 * @throws UserError without an API key, where Whop refuses or doesn't answer, or where the database can't be reached
 */
export async function reconcileCompany(
  companyId: string,
  config: Config,
  { log, stopping, watch }: Reconciling,
): Promise<Reconciliation | 'under way'> {
  const client = createWhopClient(config.whop);
  const database = await openStore(config, log);
  const { pool } = database;
  const settings = config.company;
  const ingest = createIngest({ pool, log, settings });
  try {
    await refreshCompany({ pool, settings, log }, companyId);
    const parts = { sources: { database, settings }, ingest, log, watch };
    return await reconcile(companyId, Date.now(), createReconciling(client, parts)(companyId, stopping));
  } finally {
    await ingest.stop();
    await database.stop();
  }
}

type Parts = { sources: Sources; ingest: Ingest; log: Log; watch?: AskingParts['watch'] };

/** How Whop is asked again for one company, with the key of this client; without `watch` long waits are logged. */
export function createReconciling(client: Whop, { sources, ingest, log, watch }: Parts) {
  return (companyId: string, stopping: AbortSignal): ReconcileParts => {
    const asking = askingWhop(client, stopping, watch ?? logWaits(companyId, log));
    return {
      sources,
      reread: (id, since) => reread(id, since, { ...asking, ingest, log }),
      readStat: createStatReader(asking),
    };
  };
}
