import type { WebhookEvent } from '@whop/sdk/resources/webhooks.js';
import { UserError } from '../../domain/user-error.ts';
import type { Json } from '../../ingest/delivery.ts';
import { child } from '../redact.ts';
import { askOnce, type Probing } from './probe.ts';

/** A webhook as Whop lists it. */
export type Webhook = { id: string; url: string; enabled: boolean; events: string[] };

/** All that Whop offers to send and that is read here. */
export const wantedEvents: readonly WebhookEvent[] = [
  'payment.created',
  'payment.pending',
  'payment.succeeded',
  'payment.failed',
  'membership.activated',
  'membership.deactivated',
  'membership.cancel_at_period_end_changed',
  'membership.trial_ending_soon',
  'refund.created',
  'refund.updated',
  'dispute.created',
  'dispute.updated',
  'dispute_alert.created',
  'entry.created',
  'entry.approved',
  'entry.denied',
  'entry.deleted',
  'chat.message.created',
  'chat.reaction.created',
  'course_lesson_interaction.completed',
];

const webhooks = { name: 'webhooks', permission: 'developer:manage_webhook' };

/** @throws UserError; Forbidden where the key may not */
export async function listWebhooks(probing: Probing): Promise<Webhook[]> {
  const query = { company_id: probing.companyId, first: 100 };
  const rows = child(
    await askOnce(webhooks, probing, (options) => probing.client.webhooks.list(query, options)),
    'data',
  );
  return (Array.isArray(rows) ? rows : []).map(webhookIn);
}

function webhookIn(row: Json): Webhook {
  const events = child(row, 'events');
  return {
    id: String(child(row, 'id')),
    url: String(child(row, 'url')),
    enabled: child(row, 'enabled') === true,
    events: Array.isArray(events) ? events.map(String) : [],
  };
}

/**
 * Makes a webhook of the company that sends all that is read here to this address.
 * @returns its secret, which Whop tells this once
 * @throws UserError
 */
export async function createWebhook(url: string, probing: Probing): Promise<string> {
  const events = [...wantedEvents];
  const body = { url, events, api_version: 'v1', enabled: true, resource_id: probing.companyId } as const;
  const made = await askOnce(webhooks, probing, (options) => probing.client.webhooks.create(body, options));
  const secret = child(made, 'webhook_secret');
  if (typeof secret === 'string' && secret !== '') return secret;
  throw new UserError('Whop made the webhook and told no secret: copy it from the webhook in its developer settings.');
}
