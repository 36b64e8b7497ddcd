import type { Instant } from '../../domain/facts.ts';
import { type Requests, requestArchivedThreads } from './history-requests.ts';
import { type Place, placesOf } from './places.ts';

type Archives = { guildId: string; channelIds: readonly string[]; since: Instant };

/** The public threads of these channels that were archived since then; the gateway tells of those that aren't archived. */
export async function readArchives(requests: Requests, { channelIds, ...archives }: Archives): Promise<Place[]> {
  const found: Place[] = [];
  for (const channelId of channelIds) {
    if (requests.signal.aborted) break;
    found.push(...(await readArchive(requests, channelId, archives)));
  }
  return found;
}

async function readArchive(requests: Requests, channelId: string, archives: Omit<Archives, 'channelIds'>) {
  const found: Place[] = [];
  let before: string | null = new Date().toISOString();
  while (before !== null && !requests.signal.aborted) {
    const page = await requestArchivedThreads(requests, channelId, before);
    const threads = page?.threads ?? [];
    const recent = threads.filter((one) => archivedAt(one.thread_metadata) >= archives.since);
    found.push(...placesOf(archives.guildId, recent));
    const last = recent.at(-1)?.thread_metadata?.archive_timestamp ?? null;
    before = page?.has_more === true && recent.length === threads.length ? last : null;
  }
  return found;
}

function archivedAt(metadata: { archive_timestamp: string } | undefined): Instant {
  return metadata === undefined ? 0 : Date.parse(metadata.archive_timestamp);
}
