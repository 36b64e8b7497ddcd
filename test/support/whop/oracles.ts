import { createRequire } from 'node:module';
import { Whop } from '@whop/sdk';
import { Webhook } from 'standardwebhooks';

/** What the libraries that Whop's users verify with say: whether they accept. Their clock is `Date.now()`. */
export type Oracle = (body: string, headers: Record<string, string>, secret: string) => Promise<boolean>;

export const standardWebhooks: Oracle = (body, headers, secret) =>
  accepts(async () => new Webhook(secret, { format: 'raw' }).verify(body, headers));

export const whopSdk: Oracle = (body, headers, secret) =>
  accepts(async () => new Whop({ apiKey: 'key', webhookKey: btoa(secret) }).webhooks.unwrap(body, { headers }));

type MakeWebhookValidator = (options: { webhookSecret: string }) => (request: Request) => Promise<unknown>;

// Its types bring the browser's globals into the whole compilation, so that it is loaded without them.
const require = createRequire(import.meta.url);
const { makeWebhookValidator }: { makeWebhookValidator: MakeWebhookValidator } = require('@whop/api');

export const whopApi: Oracle = (body, headers, webhookSecret) =>
  accepts(async () =>
    makeWebhookValidator({ webhookSecret })(new Request('https://bot.example', { method: 'POST', body, headers })),
  );

async function accepts(verify: () => Promise<unknown>): Promise<boolean> {
  return verify().then(
    () => true,
    () => false,
  );
}
