import type { Activity } from '../../domain/activity.ts';
import type { Instant } from '../../domain/facts.ts';
import { behindPage, readsBackTo, type WhopProgress } from '../../domain/whop-progress.ts';
import type { Json } from '../../ingest/delivery.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import { activityOf } from '../activities.ts';
import { cleanText } from '../clean-text.ts';
import { Reader, ShapeError } from '../reader.ts';
import { redact } from '../redact.ts';
import { type Ask, type AskingParts, createAsking } from './asking.ts';
import { type ChatSource, chatSources } from './chat-lists.ts';
import { Forbidden, isGone, mayBeOfCursor, refusalOf } from './troubles.ts';

export type ChatParts = AskingParts & {
  ingest: Pick<Ingest, 'recordActivities' | 'recordChannels'>;
  progressOf(companyId: string, channelId: string): Promise<WhopProgress>;
  /** How far back the first reading of a place goes. */
  firstFrom: Instant;
  log: Log;
};

/** Whether the key may read anything, and why it may not read the rest. */
export type ChatReading = { readAny: boolean; refusals: string[] };

/**
 * Reads what webhooks missed, or never tell: in each of a company's chats and forums from the newest back to what is stored.
 * What a page tells is committed with how far its place is read, so that a reading that is killed goes on where it was.
 * @throws UserError where Whop refuses, or doesn't answer for long; Passing where the database can't be reached
 */
export async function readChat(companyId: string, parts: ChatParts): Promise<ChatReading> {
  const refusals: string[] = [];
  for (const source of chatSources) {
    try {
      await readSource(source, companyId, parts);
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      refusals.push(error.message);
    }
  }
  return { readAny: refusals.length < chatSources.length, refusals };
}

type Place = { id: string; name: string };

async function readSource(source: ChatSource, companyId: string, parts: ChatParts): Promise<void> {
  const places = await readPlaces(source, companyId, parts);
  await parts.ingest.recordChannels({ companyId, platform: 'whop', channels: places });
  const ask = createAsking(source.activities, parts);
  for (const { id } of places) {
    try {
      await readPlace(id, { source, companyId, ask, parts });
    } catch (error) {
      if (!isGone(error)) throw refusalOf(error, { resource: source.activities, companyId }) ?? error;
    }
  }
}

async function readPlaces({ places, placeOf }: ChatSource, companyId: string, parts: ChatParts): Promise<Place[]> {
  const ask = createAsking(places, parts);
  const found: Place[] = [];
  let cursor: string | null = null;
  try {
    do {
      const page = await ask(companyId, cursor);
      found.push(...page.rows.flatMap((row) => placeIn(new Reader(row), placeOf)));
      cursor = page.next;
    } while (cursor !== null);
  } catch (error) {
    throw refusalOf(error, { resource: places, companyId }) ?? error;
  }
  return found;
}

function placeIn(row: Reader, placeOf: ChatSource['placeOf']): Place[] {
  const id = placeOf(row);
  return id ? [{ id, name: cleanText(row.object('experience').text('name') ?? id) }] : [];
}

type Reading = { source: ChatSource; companyId: string; ask: Ask; parts: ChatParts };

async function readPlace(channelId: string, reading: Reading): Promise<void> {
  const { companyId, parts } = reading;
  const kept = await parts.progressOf(companyId, channelId);
  const backTo = readsBackTo(kept, parts.firstFrom);
  let progress = await goOn(kept, backTo, reading);
  while (progress.cursor !== null) progress = await readPage(progress, backTo, reading);
}

/** From the top again where Whop doesn't know the cursor of another time any more. */
async function goOn(kept: WhopProgress, backTo: Instant, reading: Reading): Promise<WhopProgress> {
  try {
    return await readPage(kept, backTo, reading);
  } catch (error) {
    if (kept.cursor === null || !mayBeOfCursor(error)) throw error;
    return readPage({ ...kept, cursor: null, newest: null }, backTo, reading);
  }
}

async function readPage(before: WhopProgress, backTo: Instant, reading: Reading): Promise<WhopProgress> {
  const { source, companyId, ask, parts } = reading;
  const { channelId } = before;
  const page = await ask(channelId, before.cursor);
  const { told, unread } = readRows(page.rows, { kind: source.kind, companyId, channelId });
  if (unread > 0) parts.log.warn({ companyId, channelId, rows: unread }, 'rows not understood');
  // A pinned post is at the top whatever its age.
  const times = told.filter(({ isPinned }) => !isPinned).map(({ at }) => at);
  const activities = told.flatMap(({ at, activity }) => (activity !== null && at >= backTo ? [activity] : []));
  const progress = behindPage(before, { times, next: page.next }, backTo);
  await parts.ingest.recordActivities({ companyId, platform: 'whop', activities, whopProgress: [progress] });
  return progress;
}

type RowContext = { kind: ChatSource['kind']; companyId: string; channelId: string };

function readRows(rows: readonly Json[], context: RowContext): { told: Row[]; unread: number } {
  const told = rows.flatMap((row) => readRow(row, context) ?? []);
  return { told, unread: rows.length - told.length };
}

type Row = { at: Instant; isPinned: boolean; activity: Activity | null };

/** A row of what Whop or an automation wrote has a time, and is no activity. Null for one that can't be understood. */
function readRow(raw: Json, { kind, companyId, channelId }: RowContext): Row | null {
  const row = new Reader(redact(raw, kind));
  try {
    const at = row.instant('created_at');
    if (at === null || at === undefined) return null;
    const activity = activityOf(kind, row, { companyId, eventAt: null, channelId });
    return { at, isPinned: row.flag('is_pinned') === true, activity };
  } catch (error) {
    if (error instanceof ShapeError) return null;
    throw error;
  }
}
