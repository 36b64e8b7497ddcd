import { readBackfillRun } from '../store/backfill.ts';
import { type BackfillProgress, readBackfillProgress } from '../store/backfill-progress.ts';
import { type ChannelTrouble, readChannelTroubles } from '../store/channel-trouble.ts';
import { readDifferences } from '../store/comparison.ts';
import type { Database } from '../store/database.ts';
import { type DiscordReading, readDiscordReading } from '../store/discord-reading.ts';
import { type InboxStatus, readInboxStatus } from '../store/inbox-status.ts';
import { isUnavailable } from '../store/unavailable.ts';
import { readWhopReading, type WhopReading } from '../store/whop-reading.ts';
import type { Sources } from './question.ts';

/** How far a company's history is read from Whop. */
export type HistoryStatus =
  | { state: 'not begun' }
  /** `list` as Whop's API names it, and how many rows of it are read; null between two lists, and the rows of all. */
  | { state: 'reading' | 'interrupted'; list: string | null; rows: number }
  | { state: 'stopped'; reason: string; at: Date }
  /** `unread`: the rows of all that couldn't be understood, or stored. */
  | { state: 'complete'; rows: number; unread: number; at: Date };

/** How the bot is for one company. */
export type Status =
  | {
      databaseReached: true;
      inbox: InboxStatus;
      history: HistoryStatus;
      /** Null where the bot hasn't met any channel yet. */
      reading: DiscordReading | null;
      /** Null where nothing was ever read, or refused. */
      whopReading: WhopReading | null;
      /** Where Whop's own figures said something else when they were compared last, as sentences. */
      differences: readonly string[];
      /** Channels that messages can't be posted to. */
      troubles: readonly ChannelTrouble[];
    }
  | { databaseReached: false };

export async function readStatus(companyId: string, { database }: Sources): Promise<Status> {
  try {
    const inbox = await readInboxStatus(database.prisma, companyId);
    const history = await readHistoryStatus(companyId, database);
    const differences = await readDifferences(database.pool, companyId);
    const reading = await readDiscordReading(database.pool, companyId);
    const whopReading = await readWhopReading(database.pool, companyId);
    const troubles = await readChannelTroubles(database.pool, companyId);
    return {
      databaseReached: true,
      inbox,
      history,
      reading,
      whopReading,
      differences: differences.map(({ sentence }) => sentence),
      troubles,
    };
  } catch (error) {
    if (isUnavailable(error)) return { databaseReached: false };
    throw error;
  }
}

async function readHistoryStatus(companyId: string, { pool }: Database): Promise<HistoryStatus> {
  const run = await readBackfillRun(pool, companyId);
  if (run === null) return { state: 'not begun' };
  const { endedAt, stopped, underWay } = run;
  if (stopped !== null) return { state: 'stopped', reason: stopped, at: new Date(endedAt ?? run.startedAt) };
  const lists = await readBackfillProgress(pool, companyId);
  if (endedAt === null) return { state: underWay ? 'reading' : 'interrupted', ...current(lists) };
  const [rows, unread] = [sumOf(lists, 'rowsRead'), sumOf(lists, 'rowsUnread')];
  return { state: 'complete', rows, unread, at: new Date(endedAt) };
}

function sumOf(lists: readonly BackfillProgress[], count: 'rowsRead' | 'rowsUnread'): number {
  return lists.reduce((sum, one) => sum + one[count], 0);
}

/** Of the lists that are begun, the one begun last: one that was refused amid its pages stays behind. */
function current(lists: readonly BackfillProgress[]): { list: string | null; rows: number } {
  const begun = lists.filter(({ finishedAt }) => finishedAt === null).sort((a, b) => b.startedAt - a.startedAt);
  const [one] = begun;
  return one === undefined
    ? { list: null, rows: sumOf(lists, 'rowsRead') }
    : { list: one.resource, rows: one.rowsRead };
}
