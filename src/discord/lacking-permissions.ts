import type { Client } from 'discord.js';
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';

/** What it takes to post alerts and digests, and to find them again, by the names that Discord shows. */
const needed = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const;

/** Which permissions the bot lacks in a channel; null where it can't see it, or it isn't there. */
export function lackingPermissions({ channels }: Pick<Client, 'channels'>, channelId: string): string[] | null {
  const channel = channels.cache.get(channelId);
  if (channel === undefined || channel.isDMBased()) return null;
  const { me } = channel.guild.members;
  const permissions = me === null ? new PermissionsBitField() : channel.permissionsFor(me);
  return Object.entries(needed).flatMap(([name, bit]) => (permissions.has(bit) ? [] : [name]));
}
