import { type Guild, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';

/** What the bot can count of what people write in a guild. */
export type Readability = {
  readable: number;
  /** Those it sees, but of which it may not read what was written while it was away: their names. */
  withoutHistory: string[];
  /** Those it doesn't see. */
  hidden: number;
};

/** Of the channels that people write in; threads are read as the channel that they are in. */
export function readableChannels(guild: Guild): Readability {
  const channels = [...guild.channels.cache.values()].filter(hasMessages);
  const visible = channels.filter((channel) => may(guild, channel, PermissionFlagsBits.ViewChannel));
  const withoutHistory = visible.filter((channel) => !may(guild, channel, PermissionFlagsBits.ReadMessageHistory));
  return {
    readable: visible.length - withoutHistory.length,
    withoutHistory: withoutHistory.map(({ name }) => name).sort(),
    hidden: channels.length - visible.length,
  };
}

function hasMessages(channel: GuildBasedChannel): boolean {
  return !channel.isThread() && (channel.isTextBased() || channel.isThreadOnly());
}

function may(guild: Guild, channel: GuildBasedChannel, permission: bigint): boolean {
  const { me } = guild.members;
  return me !== null && channel.permissionsFor(me).has(permission);
}
