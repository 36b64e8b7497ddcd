import type { ReadMark } from '../../ingest/activities/activity-page.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import { type PastMessage, pageSize, type Requests, requestMessages } from './history-requests.ts';
import type { LiveChannels } from './live-channels.ts';
import { isWritten, messageActivity } from './message-activity.ts';
import type { Place } from './places.ts';
import { newest } from './snowflake.ts';

export type ReadParts = { requests: Requests; ingest: Ingest; live: LiveChannels };

/** A channel, and the snowflake that it is read up to. */
export type Unread = { companyId: string; place: Place; readTo: string };

/**
 * Reads a page of a channel's history and commits it with its mark.
 * @returns where the next page begins; null once the present is reached, or the channel can't be read
 */
export async function readPage(parts: ReadParts, { companyId, place, readTo }: Unread): Promise<string | null> {
  const { requests, ingest, live } = parts;
  live.begin(place.id);
  const messages = await requestMessages(requests, place.id, readTo);
  const mark = markAfter({ guildId: place.guildId, channelId: place.id, readTo }, messages);
  const activities = (messages ?? [])
    .filter(isWritten)
    .map((one) => messageActivity(one, { companyId, channelId: place.channelId }));
  await ingest.recordActivities({ companyId, platform: 'discord', activities, marks: [mark] });
  if (mark.page.state === 'refused') live.refuse(place.id);
  const isPresent = mark.page.state === 'reached' && live.join(place.id);
  return isPresent || mark.page.state === 'refused' ? null : mark.readTo;
}

type PageMark = ReadMark & Required<Pick<ReadMark, 'page'>>;

function markAfter(mark: ReadMark, messages: readonly PastMessage[] | null): PageMark {
  if (messages === null) return { ...mark, page: { state: 'refused', messages: 0 } };
  const readTo = newest(messages.map(({ id }) => id)) ?? mark.readTo;
  const state = messages.length < pageSize ? 'reached' : 'reading';
  return { ...mark, readTo, page: { state, messages: messages.length } };
}
