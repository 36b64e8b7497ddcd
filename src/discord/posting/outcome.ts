import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { ChannelProblem } from '../../store/outbox-queue.ts';

/** How an attempt to post ended. */
export type Outcome =
  | { kind: 'posted'; messageId: string }
  /** To be tried again; `uncertain` where it may have been posted all the same. */
  | { kind: 'delayed'; delayMs: number; uncertain: boolean }
  | { kind: 'unreachable'; problem: ChannelProblem }
  | { kind: 'refused'; failure: string };

const secondMs = 1000;
const mostSeconds = 300;

/** What an error of Discord's client means for the message that was to be posted, at its n-th attempt. */
export function outcomeOf(error: unknown, attempt: number): Outcome {
  if (error instanceof RateLimitError) return { kind: 'delayed', delayMs: error.retryAfter, uncertain: false };
  const delayMs = secondMs * Math.min(2 ** (attempt - 1), mostSeconds);
  if (!(error instanceof DiscordAPIError)) return { kind: 'delayed', delayMs, uncertain: true };
  const { status, code } = error;
  if (gone.has(code)) return { kind: 'refused', failure: error.message };
  if (status === 404) return { kind: 'unreachable', problem: 'missing' };
  if (status === 403) return { kind: 'unreachable', problem: 'forbidden' };
  if (status === 401 || status === 429) return { kind: 'delayed', delayMs: mostSeconds * secondMs, uncertain: false };
  return { kind: 'refused', failure: `${status} ${code}` };
}

/** Nobody can put these right: the message was deleted, or the person takes no messages of ours. */
const gone = new Set<number | string>([
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
]);
