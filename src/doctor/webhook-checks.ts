import type { Config } from '../config.ts';
import { Forbidden } from '../whop/rest/troubles.ts';
import { listWebhooks, type Webhook, wantedEvents } from '../whop/rest/webhooks.ts';
import { type Check, type Outcome, ok, problem, skipped } from './check.ts';
import type { Patient } from './patient.ts';
import { probingOf, publicWebhookUrl, webhookPath } from './whop-checks.ts';

export const webhookCheck: Check<Patient> = {
  name: 'Webhook',
  needs: ['WHOP_API_KEY'],
  run: async (patient) => {
    try {
      return webhookOutcome(await listWebhooks(await probingOf(patient)), patient.config());
    } catch (error) {
      if (error instanceof Forbidden) return skipped(mayNotList);
      throw error;
    }
  },
};

const mayNotList =
  'WHOP_API_KEY may not list webhooks (403); with the permission developer:manage_webhook they are checked';

const register = 'run cli doctor --register-webhook https://your.host, or make it in Whop’s developer settings';

function webhookOutcome(webhooks: readonly Webhook[], config: Config): Outcome {
  const here = webhooks.filter(({ url }) => leadsHere(url, config));
  const [webhook] = [...here].sort((a, b) => Number(b.enabled) - Number(a.enabled));
  if (webhook === undefined) return absent(webhooks, config);
  const { url, enabled, events } = webhook;
  if (!enabled) return problem(`the one to ${url} is disabled`, 'enable it in Whop’s developer settings');
  const missing = wantedEvents.filter((event) => !events.includes(event));
  if (missing.length === 0) return ok(`${url}, with all events that are read`);
  return problem(`the one to ${url} lacks ${missing.join(', ')}`, 'add these events in Whop’s developer settings');
}

function leadsHere(url: string, config: Config): boolean {
  const here = publicWebhookUrl(config);
  return here === null ? URL.canParse(url) && new URL(url).pathname === webhookPath : url === here;
}

function absent(webhooks: readonly Webhook[], config: Config): Outcome {
  const here = publicWebhookUrl(config) ?? `an address that ends with ${webhookPath}`;
  const others = webhooks.map(({ url }) => url).join(', ');
  if (config.whop.appId !== null)
    return skipped('the company has none that leads here, and of an app’s Whop tells nothing');
  return problem(`none leads to ${here}${others === '' ? '' : `, only to ${others}`}`, register);
}
