import { readDifferences } from '../store/comparison.ts';
import { type InboxStatus, readInboxStatus } from '../store/inbox-status.ts';
import { isUnavailable } from '../store/unavailable.ts';
import type { Sources } from './question.ts';

/** How the bot is for one company. */
export type Status =
  | {
      databaseReached: true;
      inbox: InboxStatus;
      /** Where Whop's own figures said something else when they were compared last, as sentences. */
      differences: readonly string[];
    }
  | { databaseReached: false };

export async function readStatus(companyId: string, { database }: Sources): Promise<Status> {
  try {
    const inbox = await readInboxStatus(database.prisma, companyId);
    const differences = await readDifferences(database.pool, companyId);
    return { databaseReached: true, inbox, differences: differences.map(({ sentence }) => sentence) };
  } catch (error) {
    if (isUnavailable(error)) return { databaseReached: false };
    throw error;
  }
}
