import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export const webhookSecret = 'ws_3f1c9e5a7b2d4860a1c3e5f7';

export type Signed = { body: string; headers: Record<string, string> };

type Signing = { secret?: string; at: number; id?: string };

let signed = 0;

/** Headers of Standard Webhooks, made by its own library. The key is the whole secret with its prefix. */
export function signStandard(body: string, { secret = webhookSecret, at, id = `msg_${++signed}` }: Signing): Signed {
  const signature = new Webhook(secret, { format: 'raw' }).sign(id, new Date(at), body);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': signature,
  };
  return { body, headers };
}

/** The header of Whop's v2 and v5 webhooks. */
export function signLegacy(body: string, { secret = webhookSecret, at }: Signing): Signed {
  const seconds = Math.floor(at / 1000);
  const hex = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { body, headers: { 'x-whop-signature': `t=${seconds},v1=${hex}` } };
}
