import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export type FakeWebhook = { id: string; url: string; enabled: boolean; events: string[] };

/** Whop tells it when the webhook is made, and never again. */
export const madeSecret = 'ws_made_once';

const creation = z.object({
  url: z.url(),
  enabled: z.boolean(),
  api_version: z.literal('v1'),
  events: z.array(z.string()),
  resource_id: z.string(),
});

export function isWebhooks({ pathname }: URL): boolean {
  return pathname === '/api/v1/webhooks';
}

/** Lists a company's webhooks, or makes one. */
export async function answerWebhooks(request: IncomingMessage, webhooks: FakeWebhook[] | null) {
  if (webhooks === null) return { status: 403, body: { error: { type: 'forbidden', message: 'Not with this key.' } } };
  if (request.method === 'GET') return { status: 200, body: { data: webhooks, page_info: { has_next_page: false } } };
  const asked = creation.safeParse(JSON.parse(await text(request)));
  if (!asked.success) return { status: 400, body: { error: { type: 'bad_request', message: 'It is malformed.' } } };
  const { url, enabled, events } = asked.data;
  const made = { id: `hook_${webhooks.length + 1}`, url, enabled, events };
  webhooks.push(made);
  return { status: 200, body: { ...made, webhook_secret: madeSecret } };
}
