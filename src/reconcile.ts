import type { Config } from './config.ts';
import { createIngest } from './ingest/ingest.ts';
import { refreshCompany } from './ingest/rebuild.ts';
import { type Reconciliation, reconcile } from './jobs/reconcile.ts';
import type { Log } from './log.ts';
import { openStore } from './store/open-store.ts';
import { type AskingParts, askingWhop } from './whop/rest/asking.ts';
import { createWhopClient } from './whop/rest/client.ts';
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
  const asking = askingWhop(createWhopClient(config.whop), stopping, watch);
  const database = await openStore(config, log);
  const { pool } = database;
  const settings = config.company;
  const ingest = createIngest({ pool, log, settings });
  try {
    await refreshCompany({ pool, settings, log }, companyId);
    return await reconcile(companyId, asking.clock.now(), {
      sources: { database, settings },
      reread: (id, since) => reread(id, since, { ...asking, ingest, log }),
      readStat: createStatReader(asking),
    });
  } finally {
    await ingest.stop();
    await database.stop();
  }
}
