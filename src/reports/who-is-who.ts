import { UserError } from '../domain/user-error.ts';
import { type LinkOf, readLinkOf } from '../store/account-links.ts';
import { findWhopUsers, readWhopUser, type WhopUser } from '../store/whop-users.ts';
import type { Sources } from './question.ts';

/** Who somebody is on Whop, and who says so; null where nobody does. */
export function linkOf(companyId: string, discordUserId: string, { database }: Sources): Promise<LinkOf | null> {
  return readLinkOf(database.pool, companyId, discordUserId);
}

/** The company's customers whose name or id holds what was typed. */
export function whopUserChoices(companyId: string, typed: string, { database }: Sources): Promise<WhopUser[]> {
  return findWhopUsers(database.pool, companyId, nameIn(typed));
}

/** @throws UserError where the company has no customer of this id or user name */
export async function whopUserNamed(companyId: string, typed: string, { database }: Sources): Promise<WhopUser> {
  const user = await readWhopUser(database.pool, companyId, nameIn(typed));
  if (user !== null) return user;
  throw new UserError(
    'I know no customer of that user name or id: choose one of those that are offered while you type.',
  );
}

/**
 * The customer that somebody in Discord is.
 * @throws UserError where nobody has linked them
 */
export async function linkedCustomer(companyId: string, discordUserId: string, sources: Sources): Promise<string> {
  const link = await linkOf(companyId, discordUserId, sources);
  if (link !== null) return link.id;
  throw new UserError(
    'Nobody has said who this person is on Whop. Say it with `/link member`, or ask them to do it themselves with `/link me`.',
  );
}

/** What Postgres can't store as text is in no name: it is replaced, rather than left out, so that it finds nobody. */
function nameIn(typed: string): string {
  return typed.trim().replace(/^@/, '').replaceAll('\0', '\u{fffd}').toWellFormed();
}
