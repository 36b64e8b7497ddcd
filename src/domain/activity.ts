import type { Instant } from './facts.ts';

/** Where people meet. */
export const platforms = ['discord', 'whop'] as const;
export type Platform = (typeof platforms)[number];

/** Somebody's on one of them, by its id there. */
export type Account = { platform: Platform; id: string };

type ActivityKind = 'message' | 'reaction' | 'forum_post' | 'voice' | 'stage' | 'lesson';

/** One thing that one person did, without a word of what was said. */
export type Activity = {
  companyId: string;
  platform: Platform;
  kind: ActivityKind;
  /** The source's own: whatever has the same company, kind, id and time is the same activity. */
  id: string;
  at: Instant;
  /** The platform's own id of the person. */
  accountId: string;
  /** The channel as the platform names it; of a thread, the channel that it is in. */
  channelId: string;
  /** How long a voice or stage session was; 0 of everything else. */
  seconds: number;
};
