import { MessageType } from 'discord.js';
import type { Activity } from '../../domain/activity.ts';
import { timeOf } from './snowflake.ts';

/** Of a message what it takes to count it: neither its text nor whom it is about. */
type CountedFields = {
  id: string;
  type: number;
  webhook_id?: string | undefined;
  author: { id: string; bot?: boolean | undefined; system?: boolean | undefined };
};

const written: ReadonlySet<number> = new Set([MessageType.Default, MessageType.Reply]);

/** Whether a person wrote it: no bot, webhook or system. */
export function isWritten({ type, author, webhook_id }: CountedFields): boolean {
  return written.has(type) && webhook_id === undefined && author.bot !== true && author.system !== true;
}

/** @param channelId of a thread, the channel that it is in */
export function messageActivity(
  { id, author }: CountedFields,
  { companyId, channelId }: { companyId: string; channelId: string },
): Activity {
  const at = timeOf(id);
  return { companyId, platform: 'discord', kind: 'message', id, at, accountId: author.id, channelId, seconds: 0 };
}
