import {
  GatewayDispatchEvents as Gateway,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  type GatewayGuildDeleteDispatchData,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageReactionAddDispatchData,
  type GatewayVoiceStateUpdateDispatchData,
} from 'discord.js';
import type { ActivityBuffer } from '../../ingest/activities/activity-buffer.ts';
import type { CatchUp } from './catch-up.ts';
import type { GuildCompanies } from './guild-companies.ts';
import type { ChannelFacts } from './history-requests.ts';
import type { LiveChannels } from './live-channels.ts';
import { isWritten, messageActivity } from './message-activity.ts';
import { type Places, placesOf } from './places.ts';
import { reactionActivity } from './reaction-activity.ts';
import type { VoiceLog } from './voice-log.ts';

export type ListenerParts = {
  companies: GuildCompanies;
  places: Places;
  live: LiveChannels;
  buffer: ActivityBuffer;
  catchUp: CatchUp;
  voice: VoiceLog;
  /** A channel has got a name, or another one. */
  named(guildId: string, channel: { id: string; name: string }): void;
  /** A reaction or the like that there was no room for, and that can't be asked for later. */
  lost(): void;
};

/** Takes from the gateway's packets, as they are, what people do. */
export class Listener {
  readonly #parts: ListenerParts;
  readonly #sequences = new Map<number, number>();

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  take(packet: GatewayDispatchPayload, shardId: number): void {
    if (packet.t === Gateway.Ready) this.#parts.live.forgetAll();
    // What is sent again when a session is resumed has the number that it had.
    else if (packet.s <= (this.#sequences.get(shardId) ?? 0)) return;
    this.#sequences.set(shardId, packet.s);
    this.#read(packet);
  }

  #read(packet: GatewayDispatchPayload): void {
    if (packet.t === Gateway.MessageCreate) this.#onMessage(packet.d);
    else if (packet.t === Gateway.MessageReactionAdd) this.#onReaction(packet.d);
    else if (packet.t === Gateway.VoiceStateUpdate) this.#onVoiceState(packet.d);
    else if (packet.t === Gateway.GuildCreate) this.#onGuild(packet.d);
    else if (packet.t === Gateway.GuildDelete) this.#onGuildGone(packet.d);
    else this.#readChannels(packet);
  }

  #readChannels(packet: GatewayDispatchPayload): void {
    if (packet.t === Gateway.ChannelCreate || packet.t === Gateway.ChannelUpdate) {
      if ('guild_id' in packet.d) this.#onChannel(packet.d.guild_id, packet.d);
    } else if (packet.t === Gateway.ThreadCreate) this.#onChannels(packet.d.guild_id, [packet.d]);
    else if (packet.t === Gateway.ThreadListSync) this.#onChannels(packet.d.guild_id, packet.d.threads);
    else if (packet.t === Gateway.ChannelDelete || packet.t === Gateway.ThreadDelete) this.#forget(packet.d.id);
    else if (packet.t === Gateway.ThreadUpdate) {
      if (packet.d.thread_metadata?.archived === true) this.#forget(packet.d.id);
      else this.#onChannels(packet.d.guild_id, [packet.d]);
    } else this.#readPermissions(packet);
  }

  /** Of members, Discord tells a bot without the intent for it of nobody but itself. */
  #readPermissions(packet: GatewayDispatchPayload): void {
    const isOfRoles = packet.t === Gateway.GuildRoleUpdate || packet.t === Gateway.GuildRoleDelete;
    if (isOfRoles || packet.t === Gateway.GuildMemberUpdate) this.#parts.catchUp.readPermitted(packet.d.guild_id);
  }

  #onMessage(message: GatewayMessageCreateDispatchData): void {
    const { companies, live, catchUp } = this.#parts;
    const { guild_id: guildId, channel_id: id } = message;
    if (guildId === undefined || !isWritten(message)) return;
    const companyId = companies.known(guildId);
    if (companyId === null) return;
    if (companyId === undefined || !this.#keep(message, { companyId, guildId })) live.miss(id);
    if (live.isBehind(id)) catchUp.readChannel(guildId, id);
  }

  #keep(message: GatewayMessageCreateDispatchData, { companyId, guildId }: { companyId: string; guildId: string }) {
    const { places, live, buffer } = this.#parts;
    const place = places.get(message.channel_id);
    if (place === undefined) return false;
    const mark = live.isLive(place.id) ? { guildId, channelId: place.id, readTo: message.id } : undefined;
    const activity = messageActivity(message, { companyId, channelId: place.channelId });
    return buffer.add({ activity, mark, isReadable: true });
  }

  #onReaction(reaction: GatewayMessageReactionAddDispatchData): void {
    const { companies, places, buffer, lost } = this.#parts;
    const { guild_id: guildId, channel_id: id, member } = reaction;
    const companyId = guildId === undefined ? null : companies.known(guildId);
    if (!companyId || member?.user.bot === true) return;
    const channelId = places.get(id)?.channelId ?? id;
    const activity = reactionActivity(reaction, { companyId, channelId, arrivedAt: Date.now() });
    if (!buffer.add({ activity })) lost();
  }

  #onVoiceState(state: GatewayVoiceStateUpdateDispatchData): void {
    if (state.guild_id !== undefined) this.#parts.voice.stateTold(state.guild_id, state);
  }

  #onGuild(guild: GatewayGuildCreateDispatchData): void {
    if (guild.unavailable === true) return;
    const { places, voice, catchUp } = this.#parts;
    places.forgetGuild(guild.id);
    places.keep(placesOf(guild.id, [...guild.channels, ...guild.threads]));
    voice.guildTold(guild);
    catchUp.readGuild(guild.id);
  }

  #onGuildGone({ id, unavailable }: GatewayGuildDeleteDispatchData): void {
    if (unavailable !== true) this.#parts.voice.guildGone(id);
  }

  /** Who may read it may have changed, with that of the threads in it. */
  #onChannel(guildId: string | undefined, channel: ChannelFacts): void {
    this.#onChannels(guildId, [channel]);
    if (guildId !== undefined) this.#parts.catchUp.readPermitted(guildId);
  }

  #onChannels(guildId: string | undefined, channels: readonly ChannelFacts[]): void {
    if (guildId === undefined) return;
    const { places, live, catchUp, named } = this.#parts;
    for (const place of placesOf(guildId, channels)) {
      places.keep([place]);
      if (!place.isThread) named(guildId, place);
      if (place.hasMessages && !live.isLive(place.id)) catchUp.readChannel(guildId, place.id);
    }
  }

  #forget(channelId: string): void {
    this.#parts.places.forget(channelId);
    this.#parts.live.forget(channelId);
  }
}
