import { destination, type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Lines of JSON. Log facts with ids, never payloads: no message text, address or secret reaches a line at any level, so
 * there is nothing to redact.
 */
export function createLog(level: string, stream: 'stdout' | 'stderr' = 'stdout'): Log {
  return pino({ level }, destination({ fd: stream === 'stdout' ? 1 : 2, sync: true }));
}
