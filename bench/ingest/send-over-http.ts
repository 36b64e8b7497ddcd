import { z } from 'zod';
import type { SignedDelivery } from '../../src/demo/sign-delivery.ts';
import { askProcess } from '../other-process.ts';
import type { Pace } from './senders.ts';

export const webhookPath = '/webhooks/whop';

type Sending = { port: number; deliveries: readonly SignedDelivery[]; senders: number; ms: number };

const paceShape = z.object({ answered: z.number(), ms: z.number() });

/** Sends to a server on this machine from another process. */
export async function sendOverHttp(sending: Sending): Promise<Pace> {
  const order = { ...sending, path: webhookPath };
  return paceShape.parse(await askProcess(new URL('http-senders.ts', import.meta.url), order));
}
