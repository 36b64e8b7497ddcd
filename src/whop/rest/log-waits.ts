import type { Log } from '../../log.ts';
import type { Watch } from './backfill.ts';

const longWaitMs = 60_000;

/** For a reading that nobody looks on at: what is waited for long is logged. */
export function logWaits(companyId: string, log: Log): Watch {
  return {
    onPage: () => undefined,
    onWait: (resource, reason, waitMs) => {
      if (waitMs >= longWaitMs) log.info({ companyId, resource, reason, waitMs }, 'waiting for Whop');
    },
  };
}
