import type { Instant } from '../domain/facts.ts';
import { forEachCompany } from './for-each-company.ts';
import type { JobParts } from './job.ts';

/** Reads what is new in the chats and forums of each known company, one after the other, in one process at a time. */
export async function readWhopChat(parts: JobParts, now: Instant): Promise<void> {
  const { whopChat, stopping } = parts;
  if (whopChat === null) return;
  await forEachCompany('read-whop-chat', parts, (companyId) => whopChat(companyId, now, stopping));
}
