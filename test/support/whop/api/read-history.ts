import { pino } from 'pino';
import { createIngest } from '../../../../src/ingest/ingest.ts';
import type { BackfillProgress } from '../../../../src/store/backfill-progress.ts';
import type { Database } from '../../../../src/store/database.ts';
import { readNextProductId } from '../../../../src/store/next-product.ts';
import { type BackfillParts, backfill } from '../../../../src/whop/rest/backfill.ts';
import { createWhopClient } from '../../../../src/whop/rest/client.ts';
import { companyDefaults } from '../../facts.ts';
import { companyId } from '../sketch.ts';
import type { FakeWhopApi } from './fake-whop-api.ts';

/** What a backfill was told to wait for. */
type Waited = { resource: string; reason: string; waitMs: number };

type Options = { begun?: readonly BackfillProgress[]; differs?: Partial<BackfillParts>; lines?: string[] };

/** A backfill of everything that the fake has, in this process, which doesn't spend the time that it waits. */
export async function readHistory(database: Database, api: Pick<FakeWhopApi, 'url' | 'apiKey'>, options: Options = {}) {
  const { begun = [], differs = {}, lines = [] } = options;
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
  const waited: Waited[] = [];
  const progress = await backfill(companyId, begun, {
    client: createWhopClient({ apiKey: api.apiKey, apiUrl: api.url }),
    ingest: createIngest({ pool: database.pool, log, settings: companyDefaults }),
    clock: { now: Date.now, wait: async () => undefined },
    stopping: new AbortController().signal,
    watch: {
      onPage: () => undefined,
      onWait: (resource, reason, waitMs) => waited.push({ resource, reason, waitMs }),
    },
    log,
    requestsPerMinute: 600,
    nextProductId: (id, after) => readNextProductId(database.pool, id, after),
    ...differs,
  });
  return { progress, waited };
}
