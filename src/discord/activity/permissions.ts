import { type Client, PermissionFlagsBits } from 'discord.js';

const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** Whether the bot may: without Read Message History, Discord answers with no messages rather than with a refusal. */
export function mayReadHistory(client: Client, channelId: string): boolean {
  const channel = client.channels.cache.get(channelId);
  const permissions =
    channel && 'permissionsFor' in channel && client.user ? channel.permissionsFor(client.user) : null;
  // Where they aren't known here, Discord says no itself.
  return permissions?.has(needed) ?? true;
}
