import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../domain/user-error.ts';
import type { SignedDelivery } from './sign-delivery.ts';

type Sending = { url: string; stopping: AbortSignal; onSent: () => void };

const senders = 64;
const mostAttempts = 5;

/**
 * Sends each until it is answered 200, several at a time; an answer that stays another one ends the demo. However it ends,
 * nothing is under way any more.
 */
export async function sendDeliveries(deliveries: readonly SignedDelivery[], sending: Sending): Promise<void> {
  const waiting = unlessAborted(deliveries, sending.stopping);
  const sendOn = async () => {
    for (const delivery of waiting) {
      await send(delivery, sending);
      sending.onSent();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: senders }, sendOn));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  sending.stopping.throwIfAborted();
}

/** Shared by all senders: it is over for all of them once one has failed, since the end of its loop closes it. */
function* unlessAborted<T>(items: Iterable<T>, stopping: AbortSignal): Generator<T> {
  for (const item of items) {
    if (stopping.aborted) return;
    yield item;
  }
}

async function send({ body, headers }: SignedDelivery, { url, stopping }: Sending): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, { method: 'POST', body, headers });
    const answer = await response.text();
    if (response.status === 200) return;
    const refused = response.status < 500 && response.status !== 429;
    if (refused || attempt === mostAttempts) {
      throw new UserError(`A delivery was answered ${response.status} on attempt ${attempt}: ${answer.slice(0, 200)}`);
    }
    const retryAfterSeconds = Number(response.headers.get('retry-after') ?? 1);
    await sleep(retryAfterSeconds * 1000, undefined, { signal: stopping });
  }
}
