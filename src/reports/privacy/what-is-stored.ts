import { type LinkOf, readLinkOf } from '../../store/account-links.ts';
import { readStoredAbout, type StoredAbout } from '../../store/stored-about.ts';
import type { Sources } from '../question.ts';

export type WhatIsStored = StoredAbout & { link: LinkOf | null };

/** What is stored about whoever asks, by their Discord account and the Whop account that is linked with it. */
export async function whatIsStored(
  companyId: string,
  discordUserId: string,
  { database: { pool } }: Sources,
): Promise<WhatIsStored> {
  const link = await readLinkOf(pool, companyId, discordUserId);
  const stored = await readStoredAbout(pool, { companyId, discordUserId, whopUserId: link?.id ?? '' });
  return { ...stored, link };
}
