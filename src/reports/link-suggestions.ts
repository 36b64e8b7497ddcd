import type { Instant } from '../domain/facts.ts';
import { type Named, type SameName, sameNames } from '../domain/same-names.ts';
import { readUnlinkedActive, readUnlinkedMembers } from '../store/unlinked-people.ts';
import type { WhopUser } from '../store/whop-users.ts';
import type { Sources } from './question.ts';

export type LinkSuggestion = Pick<SameName, 'discordUserId' | 'name'> & { user: WhopUser };

export type LinkSuggestions = {
  /** Of how many people on Discord the names were asked. */
  asked: number;
  suggestions: LinkSuggestion[];
};

type Asking = {
  companyId: string;
  now: Instant;
  /** What these are called on Discord just now; whoever isn't there any more isn't answered. */
  namesOf(userIds: readonly string[]): Promise<readonly Named[]>;
};

/** Discord is asked about each of them by itself. */
const mostAsked = 20;
const activeWithinMs = 30 * 24 * 60 * 60 * 1000;

/** Who may be the same person on both sides, by nothing but the name; nothing of it is kept. */
export async function linkSuggestions(asking: Asking, { database }: Sources): Promise<LinkSuggestions> {
  const { companyId, now, namesOf } = asking;
  const since = now - activeWithinMs;
  const userIds = await readUnlinkedActive(database.pool, { companyId, since, limit: mostAsked });
  if (userIds.length === 0) return { asked: 0, suggestions: [] };
  const named = await namesOf(userIds);
  const users = new Map((await readUnlinkedMembers(database.pool, companyId)).map((user) => [user.id, user]));
  const suggestions = sameNames(named, [...users.values()].map(namedOf)).flatMap(({ whopUserId, ...pair }) => {
    const user = users.get(whopUserId);
    return user === undefined ? [] : [{ ...pair, user }];
  });
  return { asked: named.length, suggestions };
}

function namedOf({ id, username, name }: WhopUser): Named {
  return { id, names: [username, name].filter((one) => one !== null) };
}
