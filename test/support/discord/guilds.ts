import {
  type APIRole,
  type APIUser,
  type GatewayGuildCreateDispatchData,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
} from 'discord.js';
import { channelPayload, type FakeChannel, isThread } from './channels.ts';
import { guildMember, NO_FLAGS } from './people.ts';

export type FakeGuild = {
  id: string;
  name: string;
  /** The first channel. */
  channelId: string;
  ownerId: string;
  /** What every member may, the bot included; Discord's bits as text. */
  permissions: string;
  channels: FakeChannel[];
  /** Who is in which voice channel. */
  voice: Map<string, string>;
};

/** What the gateway tells a bot about a guild it is in. */
export function guildCreate(guild: FakeGuild, bot: APIUser) {
  return {
    ...SETTINGS,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    system_channel_id: guild.channelId,
    roles: [everyone(guild)],
    member_count: 2,
    members: [guildMember(bot)],
    channels: guild.channels.filter((channel) => !isThread(channel)).map(channelPayload),
    threads: guild.channels.filter((one) => isThread(one) && one.archivedAt === null).map(channelPayload),
    voice_states: [...guild.voice].map(([userId, channelId]) => voiceState(userId, channelId)),
  };
}

export function voiceState(userId: string, channelId: string | null) {
  const quiet = { deaf: false, mute: false, self_deaf: false, self_mute: false, self_video: false, suppress: false };
  return { ...quiet, user_id: userId, channel_id: channelId, session_id: userId, request_to_speak_timestamp: null };
}

/** The role that every member has: its id is the guild's. */
export function everyone({ id, permissions }: FakeGuild): APIRole {
  return {
    id,
    name: '@everyone',
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    permissions,
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
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
} satisfies Partial<GatewayGuildCreateDispatchData>;
