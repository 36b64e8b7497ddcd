import type { GatewayMessageReactionAddDispatchData } from 'discord.js';
import type { Activity } from '../../domain/activity.ts';
import type { Instant } from '../../domain/facts.ts';

const quarterMs = 15 * 60 * 1000;

/**
 * Discord doesn't tell when somebody reacted, so it counts as of its arrival. That is cut to the quarter of an hour, within
 * which no local day ends: whoever puts, takes away and puts the same reaction again then has reacted once.
 */
export function reactionActivity(
  { message_id, user_id, emoji }: GatewayMessageReactionAddDispatchData,
  { companyId, channelId, arrivedAt }: { companyId: string; channelId: string; arrivedAt: Instant },
): Activity {
  return {
    companyId,
    platform: 'discord',
    kind: 'reaction',
    id: `${message_id}:${user_id}:${emoji.id ?? emoji.name}`,
    at: Math.floor(arrivedAt / quarterMs) * quarterMs,
    accountId: user_id,
    channelId,
    seconds: 0,
  };
}
