import type { Instant } from '../domain/facts.ts';
import { UserError } from '../domain/user-error.ts';
import { writeWhopReading } from '../store/whop-reading.ts';
import { forEachCompany } from './for-each-company.ts';
import type { JobParts } from './job.ts';

/**
 * Reads what is new in the chats and forums of each known company, one after the other, in one process at a time; keeps how far
 * that came, and what Whop refuses.
 */
export async function readWhopChat(parts: JobParts, now: Instant): Promise<void> {
  const { whopChat, stopping, sources } = parts;
  if (whopChat === null) return;
  const { pool } = sources.database;
  await forEachCompany('read-whop-chat', parts, async (companyId) => {
    try {
      const { readAny, refusals } = await whopChat(companyId, now, stopping);
      await writeWhopReading(pool, companyId, { readTo: readAny ? now : null, refusals });
    } catch (error) {
      if (error instanceof UserError) {
        await writeWhopReading(pool, companyId, { readTo: null, refusals: [error.message] });
      }
      throw error;
    }
  });
}
