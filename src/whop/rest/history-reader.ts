import type { Whop } from '@whop/sdk';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import type { BackfillProgress } from '../../store/backfill-progress.ts';
import { type BackfillParts, backfill, isComplete, type Watch } from './backfill.ts';
import { createClock } from './clock.ts';
import { whopRequestsPerMinute } from './pace.ts';

type Parts = {
  ingest: Pick<Ingest, 'recordHistory'>;
  nextProductId: BackfillParts['nextProductId'];
  log: Log;
  /** Absent: nobody looks on, and what is waited for long is logged. */
  watch?: Watch;
};

const longWaitMs = 60_000;

/** Reads companies' histories with the key of this client, at the pace that Whop allows. */
export function createHistoryReader(client: Whop, { ingest, nextProductId, log, watch }: Parts) {
  return {
    isComplete,
    read: (companyId: string, begun: readonly BackfillProgress[], stopping: AbortSignal) => {
      const common = { client, ingest, nextProductId, log, requestsPerMinute: whopRequestsPerMinute };
      const onlooker = watch ?? logWaits(companyId, log);
      return backfill(companyId, begun, { ...common, clock: createClock(stopping), stopping, watch: onlooker });
    },
  };
}

function logWaits(companyId: string, log: Log): Watch {
  return {
    onPage: () => undefined,
    onWait: (resource, reason, waitMs) => {
      if (waitMs >= longWaitMs) log.info({ companyId, resource, reason, waitMs }, 'waiting for Whop');
    },
  };
}
