import type { Client } from 'discord.js';
import type { Instant } from '../../domain/facts.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import { type Requests, requestArchivedThreads } from './history-requests.ts';
import { mayReadHistory } from './permissions.ts';
import { type Place, placesOf } from './places.ts';
import { timeOf } from './snowflake.ts';

type ArchiveParts = {
  client: Client;
  requests: Requests;
  ingest: Ingest;
  /** Channels whose archives couldn't be read, to be told of here. */
  refused: Set<string>;
};

type Archives = {
  companyId: string;
  guildId: string;
  channels: readonly Place[];
  /** Takes the threads that are found in one channel, before its mark is moved behind them. */
  keep(threads: readonly Place[]): Promise<unknown>;
};

/** The public threads of channels that were archived since the last time; the gateway tells of those that aren't archived. */
export async function readArchives(
  parts: ArchiveParts,
  { companyId, guildId, channels, keep }: Archives,
): Promise<void> {
  const { client, requests, ingest, refused } = parts;
  const channelIds = channels.filter(({ hasThreads }) => hasThreads).map(({ id }) => id);
  for (const { channelId, readTo, readFrom } of await ingest.planArchives({ companyId, guildId, channelIds })) {
    const until = Date.now();
    const since = readTo ?? timeOf(readFrom);
    const threads = mayReadHistory(client, channelId)
      ? await readArchive(requests, { guildId, channelId, since })
      : null;
    if (threads !== null) await keep(threads);
    if (requests.signal.aborted) return;
    if (threads === null) {
      refused.add(channelId);
      continue;
    }
    await ingest.recordArchiveRead({ companyId, channelId, until });
    refused.delete(channelId);
  }
}

type Archive = { guildId: string; channelId: string; since: Instant };

/** Null where the bot may not. */
async function readArchive(requests: Requests, { guildId, channelId, since }: Archive): Promise<Place[] | null> {
  const found: Place[] = [];
  let before: string | null = new Date().toISOString();
  while (before !== null && !requests.signal.aborted) {
    const page = await requestArchivedThreads(requests, channelId, before);
    if (page === null) return null;
    const recent = page.threads.filter((one) => archivedAt(one.thread_metadata) >= since);
    found.push(...placesOf(guildId, recent));
    const last = recent.at(-1)?.thread_metadata?.archive_timestamp ?? null;
    before = page.has_more && recent.length === page.threads.length ? last : null;
  }
  return found;
}

function archivedAt(metadata: { archive_timestamp: string } | undefined): Instant {
  return metadata === undefined ? 0 : Date.parse(metadata.archive_timestamp);
}
