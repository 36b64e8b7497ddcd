import { createHmac } from 'node:crypto';
import { currentPayload } from '../../src/demo/payloads/current.ts';
import type { Happening } from '../../src/demo/sample.ts';
import type { SignedDelivery } from '../../src/demo/sign-delivery.ts';

/** What Whop fills in of nearly every customer, and the demo leaves out as nobody needs it. */
const mostlyTold: Readonly<Record<string, unknown>> = {
  billing_address: {
    city: 'Lisbon',
    country: 'PT',
    line1: 'Rua das Flores 128',
    line2: null,
    name: 'A. Member',
    postal_code: '1200-195',
    state: 'Lisboa',
  },
  checkout_configuration_id: 'ch_9tKq2ZxLwPmR4v',
  email: 'member@example.com',
  license_key: 'A-1B2C3D-4E5F6G7H-8J9K0L',
  manage_url: 'https://whop.example/orders/manage/?token=5f2b7c9d1e3a',
  payment_method: {
    id: 'payt_h4Qm8ZtRkW2xV6',
    created_at: '2026-01-15T09:12:44.000Z',
    payment_method_type: 'card',
    card: { brand: 'visa', exp_month: 8, exp_year: 2029, last4: '4242' },
  },
  phone: '+351 555 010 999',
  phone_number: '+351 555 010 999',
  risk_score: 12,
  risk_signals: { cvc_check: 'pass', address_postal_code_check: 'pass', network_status: 'approved_by_network' },
  settlement_exchange_rate: 1,
};

const metadata = { campaign: 'autumn-launch', landing_page: '/join/b', ref: 'newsletter-41' };

/** A webhook of Whop's current generation with its full set of fields, as the bytes of a company's own. */
export function whopBody(happening: Happening, number: number, companyId: string): string {
  const id = `evt_bench${number}`;
  const payload = currentPayload(happening, { id, timestamp: new Date(happening.at).toISOString() });
  return JSON.stringify(payload, (key, value: unknown) => {
    if (key === 'company_id') return companyId;
    if (key === 'company') return { id: companyId, route: 'benchmark', title: 'Benchmark' };
    if (key === 'metadata') return metadata;
    return value === null ? (mostlyTold[key] ?? null) : value;
  });
}

/** Signed as Standard Webhooks are, by a key that is the whole secret's bytes. */
export function sign(body: string, id: string, { secret, at }: { secret: string; at: number }): SignedDelivery {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  };
}
