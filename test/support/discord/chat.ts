import { type APIUser, ChannelType, GatewayDispatchEvents, type GuildChannelType } from 'discord.js';
import { channelPayload, type FakeChannel, type FakePost, isThread, messagePayload, post } from './channels.ts';
import type { FakeGateway } from './gateway-server.ts';
import { everyone, type FakeGuild, voiceState } from './guilds.ts';
import { guildMember } from './people.ts';
import { snowflake } from './snowflake.ts';

type NewChannel = Partial<Pick<FakeChannel, 'type' | 'name' | 'parentId' | 'archivedAt' | 'isHidden' | 'hidesHistory'>>;
type Told = { content?: string; at?: number } & Partial<Omit<FakePost, 'id' | 'content'>>;

export function newChannel(guildId: string, changes: NewChannel = {}): FakeChannel {
  const type: GuildChannelType = ChannelType.GuildText;
  const unchanged = { type, name: 'general', parentId: null, archivedAt: null, isHidden: false, hidesHistory: false };
  return { ...unchanged, ...changes, id: snowflake(), guildId, posts: [] };
}

/** What people do in the channels of the guilds, and the gateway tells. */
export class FakeChat {
  readonly #guilds: ReadonlyMap<string, FakeGuild>;
  readonly #gateway: FakeGateway;
  readonly #bot: APIUser;

  constructor(guilds: ReadonlyMap<string, FakeGuild>, gateway: FakeGateway, bot: APIUser) {
    this.#guilds = guilds;
    this.#gateway = gateway;
    this.#bot = bot;
  }

  channels(): FakeChannel[] {
    return [...this.#guilds.values()].flatMap(({ channels }) => channels);
  }

  find(channelId: string): FakeChannel | undefined {
    return this.channels().find(({ id }) => id === channelId);
  }

  add(guildId: string, changes: NewChannel = {}): FakeChannel {
    const channel = newChannel(guildId, changes);
    this.#guilds.get(guildId)?.channels.push(channel);
    const events = GatewayDispatchEvents;
    this.#gateway.dispatch(isThread(channel) ? events.ThreadCreate : events.ChannelCreate, channelPayload(channel));
    return channel;
  }

  change(channel: FakeChannel, changes: NewChannel): void {
    Object.assign(channel, changes);
    const events = GatewayDispatchEvents;
    this.#gateway.dispatch(isThread(channel) ? events.ThreadUpdate : events.ChannelUpdate, channelPayload(channel));
  }

  /** Someone writes; a time in the past needs a channel without anything newer. */
  say(channel: FakeChannel, authorId: string, { content = '', at, ...told }: Told = {}): FakePost {
    const said = { ...post(snowflake(at), authorId, content), ...told };
    channel.posts.push(said);
    const payload = messagePayload(channel, said, this.#bot);
    this.#gateway.dispatch(GatewayDispatchEvents.MessageCreate, payload);
    return said;
  }

  react(channel: FakeChannel, { id }: FakePost, userId: string, emoji = '👍'): void {
    const member = guildMember({ id: userId, username: userId, discriminator: '0', global_name: null, avatar: null });
    this.#gateway.dispatch(GatewayDispatchEvents.MessageReactionAdd, {
      ...{ user_id: userId, channel_id: channel.id, message_id: id, guild_id: channel.guildId, member },
      ...{ emoji: { id: null, name: emoji }, message_author_id: '1', burst: false, type: 0 },
    });
  }

  /** From now on every member may do this, the bot included; Discord's bits as text. */
  allow(guildId: string, permissions: string): void {
    const guild = this.#guilds.get(guildId);
    if (guild === undefined) return;
    guild.permissions = permissions;
    this.#gateway.dispatch(GatewayDispatchEvents.GuildRoleUpdate, { guild_id: guildId, role: everyone(guild) });
  }

  /** Gives the bot a new role that may do this. */
  giveRole(guildId: string, permissions: string): void {
    const guild = this.#guilds.get(guildId);
    if (guild === undefined) return;
    const role = { ...everyone({ ...guild, id: snowflake(), permissions }), name: 'reader' };
    this.#gateway.dispatch(GatewayDispatchEvents.GuildRoleCreate, { guild_id: guildId, role });
    const member = { ...guildMember(this.#bot), guild_id: guildId, roles: [role.id] };
    this.#gateway.dispatch(GatewayDispatchEvents.GuildMemberUpdate, member);
  }

  /** Goes to a voice channel, or leaves with null. */
  meet(guildId: string, userId: string, channel: FakeChannel | null): void {
    const voice = this.#guilds.get(guildId)?.voice;
    if (channel === null) voice?.delete(userId);
    else voice?.set(userId, channel.id);
    const state = { ...voiceState(userId, channel?.id ?? null), guild_id: guildId };
    this.#gateway.dispatch(GatewayDispatchEvents.VoiceStateUpdate, state);
  }
}
