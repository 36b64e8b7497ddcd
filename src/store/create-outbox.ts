import type { Pool } from 'pg';
import { markDelayed, markDropped, markPosted, recordTrouble, takeMessage } from './outbox-queue.ts';

/** What whoever posts needs of the outbox. */
export function createOutbox(pool: Pool) {
  return {
    take: (leaseMs: number) => takeMessage(pool, leaseMs),
    posted: markPosted.bind(null, pool),
    delayed: markDelayed.bind(null, pool),
    dropped: markDropped.bind(null, pool),
    unreachable: recordTrouble.bind(null, pool),
  };
}
