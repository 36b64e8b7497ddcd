import type { Instant } from '../domain/facts.ts';
import { Passing, UserError } from '../domain/user-error.ts';
import { asOnlyOne } from '../store/backfill.ts';
import { readKnownCompanies } from '../store/known-companies.ts';
import type { JobParts } from './job.ts';

/** Reads what is new in the chats and forums of each known company, one after the other, in one process at a time. */
export async function readWhopChat(parts: JobParts, now: Instant): Promise<void> {
  const { companyId, whopChat, stopping } = parts;
  const { pool } = parts.sources.database;
  if (whopChat === null) return;
  await asOnlyOne(pool, 'tidewatch whop chat', async () => {
    const known = await readKnownCompanies(pool);
    for (const id of new Set([...(companyId === null ? [] : [companyId]), ...known])) {
      if (!stopping.aborted) await readOne(id, now, { ...parts, whopChat });
    }
  });
}

type Reading = JobParts & { whopChat: NonNullable<JobParts['whopChat']> };

async function readOne(companyId: string, now: Instant, { whopChat, stopping, log }: Reading): Promise<void> {
  try {
    await whopChat(companyId, now, stopping);
  } catch (error) {
    if (stopping.aborted) return;
    if (error instanceof Passing) throw error;
    if (error instanceof UserError) log.warn({ companyId, reason: error.message }, 'chat of Whop not read');
    else log.error({ companyId, err: error }, 'chat of Whop not read');
  }
}
