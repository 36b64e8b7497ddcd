import { pino } from 'pino';
import { parseConfig } from '../../../../src/config.ts';
import type { CompanySettings } from '../../../../src/domain/company.ts';
import { createIngest } from '../../../../src/ingest/ingest.ts';
import { type ReconcileParts, type Reconciliation, reconcile } from '../../../../src/jobs/reconcile.ts';
import type { Database } from '../../../../src/store/database.ts';
import { createWhopClient } from '../../../../src/whop/rest/client.ts';
import { reread } from '../../../../src/whop/rest/reread.ts';
import { createStatReader } from '../../../../src/whop/rest/stats.ts';
import { companyId } from '../sketch.ts';
import type { FakeWhopApi } from './fake-whop-api.ts';

type Options = {
  now: number;
  settings?: Partial<CompanySettings>;
  /** In place of a part, given that part. */
  differs?: (parts: ReconcileParts) => Partial<ReconcileParts>;
  /** Is called before each page's commit. */
  beforeCommit?: () => void;
};

/** One reconciliation with the fake, in this process, which doesn't spend the time that it waits. */
export async function reconcileCompany(
  database: Database,
  api: FakeWhopApi,
  options: Options,
): Promise<Reconciliation> {
  const { now, settings = {}, differs = () => ({}), beforeCommit = () => undefined } = options;
  const log = pino({ level: 'silent' });
  const companySettings = { ...parseConfig({}).company, ...settings };
  const ingest = createIngest({ pool: database.pool, log, settings: companySettings });
  const asking = {
    client: createWhopClient({ apiKey: api.apiKey, apiUrl: api.url }),
    clock: { now: () => now, wait: async () => undefined },
    stopping: new AbortController().signal,
    watch: { onWait: () => undefined },
    requestsPerMinute: 600,
  };
  const recordReread: typeof ingest.recordReread = async (page) => {
    beforeCommit();
    return ingest.recordReread(page);
  };
  const parts: ReconcileParts = {
    sources: { database, settings: companySettings },
    reread: (id, since) => reread(id, since, { ...asking, ingest: { recordReread }, log }),
    readStat: createStatReader(asking),
  };
  const outcome = await reconcile(companyId, now, { ...parts, ...differs(parts) });
  if (outcome === 'under way') throw new Error('somebody else reads');
  return outcome;
}
