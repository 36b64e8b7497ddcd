import type { WhopProgress } from '../../domain/whop-progress.ts';
import type { Activities } from './record-activities.ts';

/** How far a Discord channel is read: every message up to the snowflake `readTo` is stored, or comes with this. */
export type ReadMark = {
  guildId: string;
  channelId: string;
  readTo: string;
  /** Of a page of its history: what comes next, and how many messages the page had. */
  page?: { state: 'reading' | 'reached' | 'refused'; messages: number };
};

/** What is committed together: activities, and how far their channels are read with them. */
export type ActivityPage = Activities & {
  marks?: readonly ReadMark[];
  whopProgress?: readonly WhopProgress[];
};
