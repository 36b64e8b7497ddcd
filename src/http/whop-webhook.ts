import type { FastifyInstance } from 'fastify';
import type { Delivery, Json } from '../ingest/delivery.ts';
import type { Ingest } from '../ingest/ingest.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Proves who sent the bytes; only then can what they say be read. */
type Receive = (
  body: Uint8Array,
  headers: Headers,
) => { verified: true; read(payload: Json): Delivery } | { verified: false; cause: string; reason: string };

/** What became of a delivery, as it is counted. */
export type WebhookOutcome = 'recorded' | 'unavailable' | 'unverified' | 'malformed';

export type WhopWebhook = {
  ingest: Pick<Ingest, 'record'>;
  receive: Receive;
  count(outcome: WebhookOutcome): void;
  /** Why nothing proves that it is Whop's. */
  countRefusal(cause: string): void;
};

type Answer = { status: number; outcome: WebhookOutcome; error?: string };

const retryAfterSeconds = 30;

/** `POST /webhooks/whop`: 200 only once the delivery is committed, or was before. */
export function addWhopWebhook(app: FastifyInstance, webhook: WhopWebhook): void {
  app.post('/webhooks/whop', async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { status, outcome, error } = await answer(body, request.headers, webhook);
    webhook.count(outcome);
    if (status === 503) reply.header('retry-after', retryAfterSeconds);
    return reply.code(status).send(error === undefined ? { status: outcome } : { status: outcome, error });
  });
}

async function answer(body: Buffer, headers: Headers, webhook: WhopWebhook): Promise<Answer> {
  const { ingest, receive, countRefusal } = webhook;
  const received = receive(body, headers);
  if (!received.verified) {
    countRefusal(received.cause);
    return { status: 401, outcome: 'unverified', error: received.reason };
  }
  const payload = parseJson(body);
  if (payload === undefined) return { status: 400, outcome: 'malformed', error: 'The body is not JSON.' };
  const outcome = await ingest.record(received.read(payload));
  if (outcome === 'recorded') return { status: 200, outcome };
  return { status: 503, outcome, error: 'The database can’t be reached just now. Please send it again.' };
}

function parseJson(body: Buffer): Json | undefined {
  try {
    const payload: Json = JSON.parse(body.toString('utf8'));
    return payload;
  } catch {
    return undefined;
  }
}
