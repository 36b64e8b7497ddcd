import type { Clock } from './clock.ts';

/** Whop's limit for each operation. */
export const whopRequestsPerMinute = 600;

/**
 * Resolves when the next request may leave. They leave evenly, not as many at once as a minute may have: so a process that
 * was killed and started again keeps to the limit without knowing what the one before has sent.
 */
export function createPace(requestsPerMinute: number, clock: Clock): () => Promise<void> {
  const spacingMs = Math.ceil(60_000 / requestsPerMinute);
  let nextAt = Number.NEGATIVE_INFINITY;
  return async () => {
    // The clock may be set back; and a timer may be a millisecond early.
    const waitMs = Math.min(nextAt - clock.now(), spacingMs);
    if (waitMs > 0) await clock.wait(waitMs + 1);
    nextAt = clock.now() + spacingMs;
  };
}
