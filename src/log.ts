import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * Lines of JSON on standard output. Log facts with ids, never payloads: no message text, address or secret
 * reaches a line at any level, so there is nothing to redact.
 */
export function createLog(level: string): Log {
  return pino({ level });
}
