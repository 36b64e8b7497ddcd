import type { Whop } from '@whop/sdk';
import type { Instant } from '../../domain/facts.ts';
import type { Json } from '../../ingest/delivery.ts';
import type { Log } from '../../log.ts';
import { child } from '../redact.ts';
import { type AskingParts, askingWhop, createPatience } from './asking.ts';
import { fetchAnswer, parseJson } from './fetch-page.ts';
import { logWaits } from './log-waits.ts';
import { isGone, refusalOf } from './troubles.ts';

export type DiscordAccountParts = {
  /** Customers whom nobody has linked and whom Whop wasn't asked about since this time. */
  unlinked(companyId: string, since: Instant): Promise<string[]>;
  /** Keeps that Whop was asked, and links them where it tells an account. */
  onAnswer(answer: { companyId: string; whopUserId: string; discordUserId: string | null; at: Instant }): Promise<void>;
  log: Log;
};

const againAfterMs = 30 * 24 * 60 * 60 * 1000;

/** Links customers as their accounts on Whop say, each asked about once a month, with the key of this client. */
export function createDiscordAccountReader(client: Whop, { unlinked, onAnswer, log }: DiscordAccountParts) {
  return async (companyId: string, now: Instant, stopping: AbortSignal): Promise<void> => {
    const parts = askingWhop(client, stopping, logWaits(companyId, log));
    const ask = createPatience('users', parts, (userId: string) => fetchDiscordAccount(userId, parts));
    for (const whopUserId of await unlinked(companyId, now - againAfterMs)) {
      if (stopping.aborted) return;
      const discordUserId = await ask(whopUserId).catch((error: unknown) => {
        throw refusalOf(error, { resource: { name: 'users', permission: null }, companyId }) ?? error;
      });
      await onAnswer({ companyId, whopUserId, discordUserId, at: now });
    }
  };
}

/** The SDK has no type for what newer versions of the API tell of a user. */
async function fetchDiscordAccount(userId: string, { client, stopping }: AskingParts): Promise<string | null> {
  try {
    const path = `/users/${encodeURIComponent(userId)}`;
    const { text } = await fetchAnswer(stopping, (options) => client.get(path, options));
    return discordAccountIn(parseJson(text));
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Null unless Whop tells exactly one. */
function discordAccountIn(user: Json): string | null {
  const accounts = child(user, 'social_accounts');
  const told = (Array.isArray(accounts) ? accounts : [])
    .filter((account) => child(account, 'platform') === 'discord')
    .map((account) => child(account, 'external_id'))
    .filter((id) => typeof id === 'string' && /^\d{15,20}$/.test(id));
  return told.length === 1 ? String(told[0]) : null;
}
