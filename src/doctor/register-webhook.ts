import { UserError, WrongChoice } from '../domain/user-error.ts';
import type { Probing } from '../whop/rest/probe.ts';
import { createWebhook, listWebhooks } from '../whop/rest/webhooks.ts';
import { webhookPath } from './whop-checks.ts';

/**
 * Registers a webhook to this bot at Whop.
 * @param address where the bot is reached from outside
 * @returns the webhook's address, and the secret, which Whop tells this once
 * @throws UserError where there is one already, since its secret is told no more
 */
export async function registerWebhook(address: string, probing: Probing): Promise<{ url: string; secret: string }> {
  const url = webhookUrl(address);
  const present = (await listWebhooks(probing)).find((webhook) => webhook.url === url);
  if (present === undefined) return { url, secret: await createWebhook(url, probing) };
  throw new UserError(
    `Whop has a webhook to ${url} already (${present.id}): copy its secret from Whop’s developer settings, or delete it there first.`,
  );
}

/** @throws WrongChoice where Whop couldn't reach it */
function webhookUrl(address: string): string {
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:') {
    throw new WrongChoice('The address must be one that Whop can reach, such as https://tidewatch.example.com.');
  }
  const url = new URL(address);
  return url.pathname === '/' ? `${url.origin}${webhookPath}` : url.href;
}
