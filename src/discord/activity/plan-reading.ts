import type { Client } from 'discord.js';
import type { GuildCompanies } from './guild-companies.ts';
import { mayReadHistory } from './permissions.ts';
import type { Place, Places } from './places.ts';
import type { ReadParts, Unread } from './read-page.ts';

type Parts = ReadParts & { client: Client; companies: GuildCompanies; places: Places };

/** @param readFrom where history begins if the guild is met for the first time */
type Looked = { guildId: string; readFrom: string; places: readonly Place[] };

export type Plan = { companyId: string; unread: Unread[] };

/**
 * Which channels have to be read: of these, and of those that an earlier reading was stopped in. The others are live from now on.
 * @returns null where the guild belongs to no company
 */
export async function planReading(parts: Parts, { guildId, readFrom, places }: Looked): Promise<Plan | null> {
  const { client, requests, companies, live, ingest } = parts;
  const companyId = await companies.of(guildId);
  if (companyId === null) return null;
  const channels = places
    .filter(({ hasMessages }) => hasMessages)
    .map(({ id, channelId, lastMessageId }) => ({ id, lastMessageId, isReadable: mayReadHistory(client, channelId) }));
  const plan = await ingest.planReading({ companyId, guildId, readFrom, channels });
  const byId = new Map(places.map((place) => [place.id, place]));
  const unread: Unread[] = [];
  for (const { id, readTo, state } of plan) {
    if (state === 'refused') live.refuse(id);
    else if (state === 'waiting' || !live.join(id)) {
      const place = byId.get(id) ?? (await parts.places.find(requests, guildId, id)) ?? unknownPlace(guildId, id);
      unread.push({ companyId, place, readTo });
    }
  }
  return { companyId, unread };
}

/** What is gone: Discord will say so when it is asked for its messages. */
function unknownPlace(guildId: string, id: string): Place {
  const kind = { isThread: false, isStage: false, hasMessages: true, hasThreads: false };
  return { ...kind, id, guildId, name: id, channelId: id, lastMessageId: null };
}
