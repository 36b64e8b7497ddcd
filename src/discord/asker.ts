import { type Interaction, PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import type { Asker } from './command.ts';

export function askerOf({ user, memberPermissions }: Pick<Interaction, 'user' | 'memberPermissions'>): Asker {
  return { userId: user.id, permissions: memberPermissions?.bitfield ?? 0n };
}

/** For what Discord doesn't gate by itself, such as single subcommands. */
export function managesServer({ permissions }: Asker): boolean {
  return new PermissionsBitField(permissions).has(PermissionFlagsBits.ManageGuild);
}
