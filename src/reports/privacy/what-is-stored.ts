import type { Account } from '../../domain/activity.ts';
import { type LinkOf, readLinkOf } from '../../store/account-links.ts';
import { type Person, readPersonOf } from '../../store/person.ts';
import { readStoredAbout, type StoredAbout } from '../../store/stored-about.ts';
import type { Sources } from '../question.ts';

export type WhatIsStored = StoredAbout & Person & { link: LinkOf | null };

/** What is stored about somebody, by one of their accounts and the one that is linked with it. */
export async function whatIsStored(
  companyId: string,
  account: Account,
  { database: { pool } }: Sources,
): Promise<WhatIsStored> {
  const person = await readPersonOf(pool, companyId, account);
  const { discordUserId, whopUserId } = person;
  const about = { companyId, discordUserId: discordUserId ?? '', whopUserId: whopUserId ?? '' };
  const link = discordUserId === null ? null : await readLinkOf(pool, companyId, discordUserId);
  return { ...(await readStoredAbout(pool, about)), ...person, link };
}
