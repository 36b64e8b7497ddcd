import { type InboxStatus, readInboxStatus } from '../store/inbox-status.ts';
import { isUnavailable } from '../store/unavailable.ts';
import type { Sources } from './question.ts';

/** How the bot is for one company. */
export type Status = { databaseReached: true; inbox: InboxStatus } | { databaseReached: false };

export async function readStatus(companyId: string, { database }: Sources): Promise<Status> {
  try {
    return { databaseReached: true, inbox: await readInboxStatus(database.prisma, companyId) };
  } catch (error) {
    if (isUnavailable(error)) return { databaseReached: false };
    throw error;
  }
}
