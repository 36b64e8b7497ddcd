import { type APIGuildMember, type APIInteractionGuildMember, type APIUser, PermissionFlagsBits } from 'discord.js';

/** No bit set; a plain 0 is no member of an enumeration of bits. */
export const NO_FLAGS: number = 0;

/** What an ordinary member may do, and an administrator of the server's settings. */
export const PERMISSIONS = {
  member: String(
    PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.ReadMessageHistory,
  ),
  manager: String(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.ManageGuild),
} as const;

export type MemberNames = { username: string; globalName?: string; nick?: string };

export function user(id: string, name = `user-${id.slice(-4)}`): APIUser {
  return { id, username: name, discriminator: '0', global_name: name, avatar: null };
}

export function botUser(id: string): APIUser {
  return { ...user(id, 'tidewatch'), bot: true };
}

export function guildMember(person: APIUser): APIGuildMember {
  return {
    user: person,
    nick: null,
    avatar: null,
    banner: null,
    roles: [],
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: NO_FLAGS,
    pending: false,
    communication_disabled_until: null,
  };
}

export function asker(person: APIUser, permissions: string): APIInteractionGuildMember {
  return { ...guildMember(person), user: person, permissions };
}
