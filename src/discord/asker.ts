import type { Interaction } from 'discord.js';
import type { Asker } from './command.ts';

export function askerOf({ user, memberPermissions }: Pick<Interaction, 'user' | 'memberPermissions'>): Asker {
  return { userId: user.id, permissions: memberPermissions?.bitfield ?? 0n };
}
