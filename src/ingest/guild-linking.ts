import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { linkGuild } from '../store/guild-link.ts';
import { type LinkWish, readLinkWish, takeLinkWish, writeLinkWish } from '../store/guild-link-state.ts';

/** What Whop is asked while a guild is linked. */
export type WhopSignIn = {
  /** Where people are sent to sign in; they come back with the state and a code. */
  signInUrl(state: string): string;
  /** The Whop user that a code stands for, null where Whop doesn't take it. */
  whoIs(code: string): Promise<string | null>;
  isAdmin(userId: string, companyId: string): Promise<boolean>;
};

/**
 * 'expired' also where it was used before, or never given; 'not confirmed' where Whop doesn't say who it is; 'taken' where the
 * guild belongs to another company.
 */
export type LinkOutcome = 'linked' | 'expired' | 'not confirmed' | 'not an admin' | 'taken';

const validMs = 10 * 60 * 1000;

/** Links guilds to companies: what somebody wishes in Discord, an admin of the company confirms by signing in at Whop. */
export type GuildLinking = {
  /** A state that is good once, for ten minutes, for this wish alone. */
  begin(wish: LinkWish): Promise<string>;
  /** What would be linked; null where the state isn't good any more. */
  wishOf(state: string): Promise<LinkWish | null>;
  signInUrl(state: string): string;
  finish(answer: { state: string; code: string }): Promise<LinkOutcome>;
};

export function createGuildLinking(pool: Pool, signIn: WhopSignIn): GuildLinking {
  return {
    async begin(wish) {
      const state = randomBytes(32).toString('base64url');
      await writeLinkWish(pool, hashOf(state), wish, validMs);
      return state;
    },
    wishOf: (state) => readLinkWish(pool, hashOf(state)),
    signInUrl: signIn.signInUrl,
    async finish({ state, code }) {
      const wish = await takeLinkWish(pool, hashOf(state));
      if (wish === null) return 'expired';
      const { companyId, guildId, userId } = wish;
      const whopUserId = await signIn.whoIs(code);
      if (whopUserId === null) return 'not confirmed';
      if (!(await signIn.isAdmin(whopUserId, companyId))) return 'not an admin';
      const owner = await linkGuild(pool, { guildId, companyId, linkedBy: userId });
      return owner === companyId ? 'linked' : 'taken';
    },
  };
}

/** Whoever reads the database can't finish what others have begun. */
function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}
