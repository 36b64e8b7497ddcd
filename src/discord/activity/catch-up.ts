import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'discord.js';
import type { Log } from '../../log.ts';
import { readArchives } from './archives.ts';
import type { GuildCompanies } from './guild-companies.ts';
import { patiently } from './patiently.ts';
import { mayReadHistory } from './permissions.ts';
import type { Place, Places } from './places.ts';
import { type Plan, planReading } from './plan-reading.ts';
import { type ReadParts, readPage, type Unread } from './read-page.ts';
import { ReadingQueue } from './reading-queue.ts';
import { snowflakeAt } from './snowflake.ts';

type CatchUpParts = Omit<ReadParts, 'requests'> & {
  client: Client;
  companies: GuildCompanies;
  places: Places;
  backfillDays: number;
  log: Log;
};

const dayMs = 24 * 60 * 60 * 1000;
/** So many channels are read at a time: Discord takes longer to answer than we take to store. */
const readers = 4;
/** Before a channel is asked again whose messages came faster than they could be stored. */
const breathMs = 250;

/** Reads what was written in channels while nobody listened, from their marks on. */
export class CatchUp {
  readonly #parts: CatchUpParts & ReadParts;
  readonly #stopping = new AbortController();
  readonly #queue = new ReadingQueue(readers, (unread) => this.#readToPresent(unread));
  /** Channels to be looked at, by guild: as many as come meanwhile are looked at together. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #withoutArchives = new Set<string>();

  constructor(parts: CatchUpParts) {
    this.#parts = { ...parts, requests: { rest: parts.client.rest, signal: this.#stopping.signal } };
  }

  /** Reads all channels of a guild, once the gateway has told of them and nothing that is sent from now on is missed. */
  readGuild(guildId: string): void {
    const { places, live } = this.#parts;
    for (const { id } of places.of(guildId)) live.begin(id);
    void this.#start('look at guild', guildId, () => this.#lookAtGuild(guildId));
  }

  /** Reads a channel of which something was missed, or which is new. */
  readChannel(guildId: string, channelId: string): void {
    if (this.#stopping.signal.aborted || this.#queue.has(channelId)) return;
    this.#parts.live.begin(channelId);
    const others = this.#wanted.get(guildId);
    if (others !== undefined) {
      others.add(channelId);
      return;
    }
    this.#wanted.set(guildId, new Set([channelId]));
    void this.#start('look at channels', guildId, () => this.#lookAtWanted(guildId)).then(() => {
      const left = this.#wanted.get(guildId) ?? [];
      this.#wanted.delete(guildId);
      for (const id of left) this.readChannel(guildId, id);
    });
  }

  /** Reads the channels that couldn't be read and may be now, after permissions have changed. */
  readPermitted(guildId: string): void {
    // Once discord.js has read the packet that tells the change, too.
    setImmediate(() => {
      for (const { id, channelId } of this.#parts.places.of(guildId)) {
        const isLacking = this.#parts.live.isRefused(id) || this.#withoutArchives.has(id);
        if (isLacking && mayReadHistory(this.#parts.client, channelId)) this.readChannel(guildId, id);
      }
    });
  }

  /** Resolves once the pages under way are committed. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#running, this.#queue.stop()]);
  }

  #start(task: string, guildId: string, work: () => Promise<void>): Promise<unknown> {
    const done = this.#patiently({ task, guildId }, work).finally(() => this.#running.delete(done));
    this.#running.add(done);
    return done;
  }

  #patiently<T>(task: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T | null> {
    return patiently(work, { stopping: this.#stopping.signal, log: this.#parts.log, task });
  }

  async #readToPresent(unread: Unread): Promise<void> {
    const { id, guildId } = unread.place;
    for (let readTo: string | null = unread.readTo; readTo !== null && !this.#stopping.signal.aborted; ) {
      const from: string = readTo;
      const read = async () => ({ next: await readPage(this.#parts, { ...unread, readTo: from }) });
      readTo = (await this.#patiently({ task: 'read channel', channelId: id }, read))?.next ?? null;
      if (readTo === from) await sleep(breathMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
    // Once it is off the queue.
    if (this.#parts.live.isBehind(id)) setImmediate(() => this.readChannel(guildId, id));
  }

  /** Puts those channels of them into the queue that have something to be read. */
  async #plan(guildId: string, some: readonly Place[]): Promise<Plan | null> {
    const readFrom = snowflakeAt(Date.now() - this.#parts.backfillDays * dayMs);
    const plan = await planReading(this.#parts, { guildId, readFrom, places: some });
    this.#queue.add(plan?.unread ?? []);
    return plan;
  }

  async #lookAtGuild(guildId: string): Promise<void> {
    const { places, ingest } = this.#parts;
    const plan = await this.#plan(guildId, places.of(guildId));
    if (plan === null) return;
    const { companyId } = plan;
    const channels = places.of(guildId).filter(({ isThread }) => !isThread);
    await ingest.recordChannels({ companyId, platform: 'discord', channels });
    await this.#readArchives(companyId, guildId, channels);
  }

  #readArchives(companyId: string, guildId: string, channels: readonly Place[]): Promise<void> {
    const keep = (threads: readonly Place[]) => this.#plan(guildId, threads);
    return readArchives({ ...this.#parts, refused: this.#withoutArchives }, { companyId, guildId, channels, keep });
  }

  async #lookAtWanted(guildId: string): Promise<void> {
    const { requests, places } = this.#parts;
    const ids = [...(this.#wanted.get(guildId) ?? [])];
    const found = await Promise.all(ids.map((id) => places.find(requests, guildId, id)));
    const known = found.filter((place) => place !== null);
    places.keep(known);
    // What was told of them before something was missed says nothing about their newest message.
    const lastMessageId = snowflakeAt(Date.now() + dayMs);
    const plan = await this.#plan(
      guildId,
      known.map((place) => ({ ...place, lastMessageId })),
    );
    const lacking = known.filter(({ id }) => this.#withoutArchives.has(id));
    if (plan !== null && lacking.length > 0) await this.#readArchives(plan.companyId, guildId, lacking);
    for (const id of ids) this.#wanted.get(guildId)?.delete(id);
  }
}
