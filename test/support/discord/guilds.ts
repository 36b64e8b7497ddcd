import {
  type APIRole,
  type APIUser,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
} from 'discord.js';
import { guildMember, NO_FLAGS, PERMISSIONS } from './people.ts';

export type FakeGuild = { id: string; name: string; channelId: string; ownerId: string };

/** What the gateway tells a bot about a guild it is in. */
export function guildCreate(guild: FakeGuild, bot: APIUser): GatewayGuildCreateDispatchData {
  return {
    ...SETTINGS,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    system_channel_id: guild.channelId,
    roles: [everyone(guild.id)],
    member_count: 2,
    members: [guildMember(bot)],
    channels: [
      {
        id: guild.channelId,
        guild_id: guild.id,
        type: ChannelType.GuildText,
        name: 'general',
        position: 0,
        parent_id: null,
        permission_overwrites: [],
        topic: null,
        nsfw: false,
        last_message_id: null,
        rate_limit_per_user: 0,
      },
    ],
  };
}

/** The role that every member has: its id is the guild's. */
function everyone(guildId: string): APIRole {
  return {
    id: guildId,
    name: '@everyone',
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions: PERMISSIONS.member,
    managed: false,
    mentionable: false,
    flags: NO_FLAGS,
  };
}

const SETTINGS = {
  icon: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  description: null,
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: GuildVerificationLevel.Low,
  default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
  explicit_content_filter: GuildExplicitContentFilter.Disabled,
  emojis: [],
  features: [],
  mfa_level: GuildMFALevel.None,
  application_id: null,
  system_channel_flags: NO_FLAGS,
  rules_channel_id: null,
  vanity_url_code: null,
  premium_tier: GuildPremiumTier.None,
  preferred_locale: Locale.EnglishUS,
  public_updates_channel_id: null,
  nsfw_level: GuildNSFWLevel.Default,
  premium_progress_bar_enabled: false,
  hub_type: null,
  safety_alerts_channel_id: null,
  incidents_data: null,
  joined_at: '2024-01-01T00:00:00.000000+00:00',
  large: false,
  voice_states: [],
  threads: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
} satisfies Partial<GatewayGuildCreateDispatchData>;
