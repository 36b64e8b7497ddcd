import { type Client, DiscordAPIError, Routes } from 'discord.js';
import { z } from 'zod';

/** With whom to ask, and until when. */
export type Requests = { rest: Client['rest']; signal: AbortSignal };

/** As many messages, or threads, as Discord gives at once. */
export const pageSize = 100;

/** Of a message only what it takes to count it: its text goes no further than this. */
const messages = z.array(
  z.object({
    id: z.string(),
    type: z.number(),
    webhook_id: z.string().optional(),
    author: z.object({ id: z.string(), bot: z.boolean().optional(), system: z.boolean().optional() }),
  }),
);
export type PastMessage = z.infer<typeof messages>[number];

const channel = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string().nullish(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  last_message_id: z.string().nullish(),
  thread_metadata: z.object({ archive_timestamp: z.string() }).optional(),
});
/** A channel or thread, as far as anything is done with it. */
export type ChannelFacts = z.infer<typeof channel>;

const archived = z.object({ threads: z.array(channel), has_more: z.boolean() });

/** The messages that come next after one, at most a page of them; null where the bot may not read them. */
export function requestMessages(requests: Requests, channelId: string, after: string): Promise<PastMessage[] | null> {
  const query = new URLSearchParams({ after, limit: String(pageSize) });
  return request(requests, Routes.channelMessages(channelId), messages, query);
}

/** The public threads that were archived before a time, newest first. */
export function requestArchivedThreads(requests: Requests, channelId: string, before: string) {
  const query = new URLSearchParams({ before, limit: String(pageSize) });
  return request(requests, Routes.channelThreads(channelId, 'public'), archived, query);
}

export function requestChannel(requests: Requests, channelId: string): Promise<ChannelFacts | null> {
  return request(requests, Routes.channel(channelId), channel);
}

/** What Discord answers; null where it says 403 or 404. discord.js waits as long as Discord's limits ask. */
async function request<T>(
  { rest, signal }: Requests,
  route: `/${string}`,
  form: z.ZodType<T>,
  query: URLSearchParams = new URLSearchParams(),
): Promise<T | null> {
  try {
    // discord.js never stops listening to the signal of a request: one of its own ends with it.
    return form.parse(await rest.get(route, { query, signal: AbortSignal.any([signal]) }));
  } catch (error) {
    if (error instanceof DiscordAPIError && (error.status === 403 || error.status === 404)) return null;
    throw error;
  }
}
