import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';

/**
 * What may be logged of an error. Never the error itself: discord.js's carry the address, which holds the
 * interaction's token, and the whole message that was refused.
 */
export function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  return { name: error.name, code, status, message: error.message, stack: error.stack };
}

const GONE = new Set<number | string>([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

/** Discord no longer takes an answer: it came too late, was given already, or the message was deleted. */
export function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && GONE.has(error.code);
}
