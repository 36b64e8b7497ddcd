import { createHmac } from 'node:crypto';
import type { SampleDelivery } from './deliveries.ts';

/** What goes over the wire. */
export type SignedDelivery = { body: string; headers: Record<string, string> };

/** As Whop signs: Standard Webhooks, whose key is the whole secret's bytes; legacy webhooks with a header of their own. */
export function signDelivery({ generation, id, payload }: SampleDelivery, secret: string, at: number): SignedDelivery {
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(at / 1000));
  const sign = (text: string) => createHmac('sha256', secret).update(`${text}.${body}`);
  const signature: Record<string, string> =
    generation === 'legacy'
      ? { 'x-whop-signature': `t=${timestamp},v1=${sign(timestamp).digest('hex')}` }
      : {
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${sign(`${id}.${timestamp}`).digest('base64')}`,
        };
  return { body, headers: { 'content-type': 'application/json', ...signature } };
}
