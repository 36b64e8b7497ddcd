import type { Instant } from '../domain/facts.ts';
import { forEachCompany } from './for-each-company.ts';
import type { JobParts } from './job.ts';

/** Asks Whop for the Discord accounts of customers whom nobody has linked, some of each known company at a time. */
export async function linkAsWhopSays(parts: JobParts, now: Instant): Promise<void> {
  const { linkAsWhopSays: link, stopping } = parts;
  if (link === null) return;
  await forEachCompany('link-as-whop-says', parts, (companyId) => link(companyId, now, stopping));
}
