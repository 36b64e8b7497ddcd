import { type AccountSet, countAccounts, hasAccount } from './account-set.ts';

/** Numbers of two accounts of one person; nobody has more than one on each platform. */
export type LinkedAccounts = { discord: number; whop: number };

/** How many different people a set of accounts is. */
export function countPeople(set: AccountSet, linked: readonly LinkedAccounts[]): number {
  let twice = 0;
  for (const { discord, whop } of linked) if (hasAccount(set, discord) && hasAccount(set, whop)) twice += 1;
  return countAccounts(set) - twice;
}
