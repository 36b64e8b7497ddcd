import { ChannelType } from 'discord.js';
import { type ChannelFacts, type Requests, requestChannel } from './history-requests.ts';

/** A channel or thread of a guild that people write, or meet, in. */
export type Place = {
  id: string;
  guildId: string;
  name: string;
  /** Of a thread the channel that it is in, else the channel itself. */
  channelId: string;
  isThread: boolean;
  isStage: boolean;
  hasMessages: boolean;
  hasThreads: boolean;
  /** No message of it is newer; null where it has none. */
  lastMessageId: string | null;
};

const threads: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);
const withThreads: ReadonlySet<number> = new Set([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);
const withMessages: ReadonlySet<number> = new Set([
  ...threads,
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
]);

export function placesOf(guildId: string, channels: readonly ChannelFacts[]): Place[] {
  return channels.flatMap((channel) => placeOf(guildId, channel) ?? []);
}

/** Null of categories and what else nobody writes in. */
function placeOf(guildId: string, { id, type, name, parent_id, last_message_id }: ChannelFacts): Place | null {
  const [isThread, hasThreads, hasMessages] = [threads.has(type), withThreads.has(type), withMessages.has(type)];
  if (!hasThreads && !hasMessages) return null;
  return {
    id,
    guildId,
    name: name ?? id,
    channelId: isThread && parent_id ? parent_id : id,
    isThread,
    isStage: type === ChannelType.GuildStageVoice,
    hasMessages,
    hasThreads,
    lastMessageId: last_message_id ?? null,
  };
}

/** The places that the gateway has told of, of all guilds. */
export class Places {
  readonly #places = new Map<string, Place>();

  get(id: string): Place | undefined {
    return this.#places.get(id);
  }

  /** Asks Discord where the gateway hasn't told of it; null where it isn't a place of this guild, or none for the bot. */
  async find(requests: Requests, guildId: string, id: string): Promise<Place | null> {
    const known = this.get(id);
    if (known !== undefined) return known;
    const facts = await requestChannel(requests, id);
    return facts === null || facts.guild_id !== guildId ? null : placeOf(guildId, facts);
  }

  of(guildId: string): Place[] {
    return [...this.#places.values()].filter((place) => place.guildId === guildId);
  }

  keep(places: readonly Place[]): void {
    for (const place of places) this.#places.set(place.id, place);
  }

  forget(id: string): void {
    this.#places.delete(id);
  }

  forgetGuild(guildId: string): void {
    for (const { id } of this.of(guildId)) this.forget(id);
  }
}
