import type { Whop } from '@whop/sdk';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import type { BackfillProgress } from '../../store/backfill-progress.ts';
import { askingWhop } from './asking.ts';
import { type BackfillParts, backfill, isComplete, type Watch } from './backfill.ts';
import { logWaits } from './log-waits.ts';

type Parts = {
  ingest: Pick<Ingest, 'recordHistory'>;
  nextProductId: BackfillParts['nextProductId'];
  log: Log;
  /** Absent: nobody looks on, and what is waited for long is logged. */
  watch?: Watch;
};

/** Reads companies' histories with the key of this client, at the pace that Whop allows. */
export function createHistoryReader(client: Whop, { ingest, nextProductId, log, watch }: Parts) {
  return {
    isComplete,
    read: (companyId: string, begun: readonly BackfillProgress[], stopping: AbortSignal) => {
      const asking = askingWhop(client, stopping, watch ?? logWaits(companyId, log));
      return backfill(companyId, begun, { ...asking, ingest, nextProductId, log });
    },
  };
}
