import { Whop } from '@whop/sdk';
import { UserError } from '../../domain/user-error.ts';

export type WhopApiSettings = { apiKey: string | null; apiUrl: string };

/** The date of Whop's shapes that the readers know best: newer ones don't tell why a membership was canceled. */
const apiVersionDate = '2026-07-20';

/**
 * Whop's SDK with all that it would read from the environment said here: it neither logs nor repeats requests, which would
 * count against the limit of requests unseen.
 * @throws UserError without an API key
 */
export function createWhopClient({ apiKey, apiUrl }: WhopApiSettings): Whop {
  if (apiKey === null) {
    throw new UserError(
      'WHOP_API_KEY is missing: set it to an API key of your company, from Developer in its dashboard on Whop.',
    );
  }
  return new Whop({
    apiKey,
    baseURL: apiUrl,
    version: apiVersionDate,
    webhookKey: null,
    appID: null,
    maxRetries: 0,
    logLevel: 'off',
  });
}
