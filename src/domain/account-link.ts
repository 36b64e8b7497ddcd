import type { Instant } from './facts.ts';

/** Who says that a Discord user and a Whop user are one person, the least trusted first. */
const linkSources = ['whop', 'staff', 'self'] as const;
export type LinkSource = (typeof linkSources)[number];

/** Within a company a Discord user is at most one Whop user, and the other way round. */
export type AccountLink = {
  discordUserId: string;
  whopUserId: string;
  source: LinkSource;
  linkedAt: Instant;
};

/** What a newer word about the same accounts has to be trusted as much as. */
export type Standing = { said: 'linked' | 'unlinked'; source: LinkSource };

/** What a word of this source can't change, since somebody has spoken who is trusted more; null where there is nothing. */
export function inTheWay(source: LinkSource, standing: readonly Standing[]): Standing | null {
  return standing.find((one) => linkSources.indexOf(one.source) > linkSources.indexOf(source)) ?? null;
}
