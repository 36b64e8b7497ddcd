import type { Whop } from '@whop/sdk';
import type { Instant } from '../../domain/facts.ts';
import { askingWhop } from './asking.ts';
import { logWaits } from './log-waits.ts';
import { type ChatParts, type ChatReading, readChat } from './read-chat.ts';

type Parts = Pick<ChatParts, 'ingest' | 'progressOf' | 'log'> & {
  /** How far back the first reading of a place goes. */
  backfillDays: number;
};

const dayMs = 24 * 60 * 60 * 1000;

/** Reads companies' chats and forums with the key of this client, and says once what that may not read. */
export function createChatReader(client: Whop, { backfillDays, log, ...parts }: Parts) {
  const said = new Map<string, string>();
  return async (companyId: string, now: Instant, stopping: AbortSignal): Promise<ChatReading> => {
    const asking = askingWhop(client, stopping, logWaits(companyId, log));
    const firstFrom = now - backfillDays * dayMs;
    const reading = await readChat(companyId, { ...asking, ...parts, log, firstFrom });
    const reason = reading.refusals.join(' ');
    if (reason !== '' && said.get(companyId) !== reason) log.warn({ companyId, reason }, 'chat of Whop not read');
    said.set(companyId, reason);
    return reading;
  };
}
