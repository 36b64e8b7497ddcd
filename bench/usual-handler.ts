import { createHmac, timingSafeEqual } from 'node:crypto';
import type { UnwrapWebhookEvent } from '@whop/sdk/resources/webhooks.js';
import express from 'express';
import { Prisma, type PrismaClient } from '../src/store/generated/client.ts';
import { recordMembership, recordPayment, recordRefund, type Telling, type Transaction } from './usual-records.ts';

/** A handler of Whop's webhooks as it is usually written; it keeps the same facts in the same tables as ours. */
export type UsualHandler = (body: Buffer, headers: Headers) => Promise<number>;

type Headers = Readonly<Record<string, string | string[] | undefined>>;
type WhopEvent = UnwrapWebhookEvent & Prisma.InputJsonObject;

/** Prisma's own limits, 2 s until a transaction begins and 5 s for it, refuse deliveries where many arrive at once. */
const patience = { maxWait: 20_000, timeout: 20_000 };

/** Answers with the HTTP status: 200 once the event and what it tells are committed. */
export function createUsualHandler(prisma: PrismaClient, secret: string): UsualHandler {
  return async (body, headers) => {
    if (!isSigned(body, headers, secret)) return 401;
    const event: WhopEvent = JSON.parse(body.toString('utf8'));
    const eventId = String(headers['webhook-id']);
    try {
      await prisma.$transaction((tx) => recordEvent(tx, event, eventId), patience);
    } catch (error) {
      if (!isRepeat(error)) throw error;
    }
    return 200;
  };
}

export function createUsualApp(handler: UsualHandler, path: string): express.Express {
  const app = express();
  app.post(path, express.raw({ type: '*/*', limit: '1mb' }), async (request, response) => {
    const status = await handler(request.body, request.headers);
    response.status(status).json({ received: status === 200 });
  });
  return app;
}

function isSigned(body: Buffer, headers: Headers, secret: string): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body.toString('utf8')}`;
  const expected = Buffer.from(`v1,${createHmac('sha256', secret).update(signed).digest('base64')}`);
  const told = Buffer.from(String(headers['webhook-signature']));
  return told.length === expected.length && timingSafeEqual(told, expected);
}

/** The inbox has this event already. */
function isRepeat(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

async function recordEvent(tx: Transaction, event: WhopEvent, eventId: string): Promise<void> {
  const companyId = event.company_id ?? '';
  const { type } = event;
  const [sentAt, receivedAt] = [new Date(event.timestamp), new Date()];
  await tx.inbox.create({ data: { companyId, source: 'whop', eventId, type, sentAt, receivedAt, payload: event } });
  await recordFacts(tx, event, { companyId, at: event.timestamp });
}

async function recordFacts(tx: Transaction, event: UnwrapWebhookEvent, telling: Telling): Promise<void> {
  switch (event.type) {
    case 'payment.succeeded':
    case 'payment.failed':
      return recordPayment(tx, event.data, telling);
    case 'membership.activated':
    case 'membership.deactivated':
    case 'membership.cancel_at_period_end_changed':
      return recordMembership(tx, event, telling);
    case 'refund.created':
      return recordRefund(tx, event.data, telling);
  }
}
