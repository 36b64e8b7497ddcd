import type { Delivery, Json } from '../ingest/delivery.ts';
import { readDelivery } from './delivery.ts';
import { type Refused, type SignatureHeaders, verifySignature } from './signature.ts';

export type WhopSettings = {
  /** All valid at once, so that a secret can be changed without losing a delivery. */
  webhookSecrets: readonly string[];
  /** Whose the deliveries are that name no company. */
  companyId: string | null;
};

type Received = { verified: true; read(payload: Json): Delivery } | Refused;

/** Receives Whop's deliveries: first the proof over the bytes, then the meaning of the payload. */
export function createReceiver({ webhookSecrets, companyId }: WhopSettings, clock: () => number) {
  return (body: Uint8Array, headers: SignatureHeaders): Received => {
    if (webhookSecrets.length === 0) {
      return { verified: false, cause: 'no_secret', reason: 'No WHOP_WEBHOOK_SECRET is set here.' };
    }
    const now = clock();
    const verified = verifySignature(body, headers, { secrets: webhookSecrets, now });
    if (!verified.verified) return verified;
    const arrival = { verified, receivedAt: now, defaultCompanyId: companyId };
    return {
      verified: true,
      read(payload) {
        return readDelivery(payload, arrival);
      },
    };
  };
}
