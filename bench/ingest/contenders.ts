import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignedDelivery } from '../../src/demo/sign-delivery.ts';
import { createHttpApp } from '../../src/http/app.ts';
import type { Json } from '../../src/ingest/delivery.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import type { Log } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { createReceiver } from '../../src/whop/receive.ts';
import { companySettings, now } from '../company-settings.ts';
import { createUsualApp, createUsualHandler } from '../usual-handler.ts';
import { webhookSecret } from './deliveries.ts';
import { sendOverHttp, webhookPath } from './send-over-http.ts';
import { type Pace, sendAll } from './senders.ts';

type Timing = { senders: number; ms: number };

/** One way of taking deliveries in. */
export type Contender = {
  /** Makes ready what isn't to be timed, then takes them in as fast as it can. */
  run(deliveries: readonly SignedDelivery[], timing: Timing): Promise<Pace>;
  stop(): Promise<void>;
};

const nothingToStop = async () => undefined;
const settings = { webhookSecrets: [webhookSecret], companyId: null };
const receive = createReceiver(settings, () => now);

/** As fast as Postgres takes rows one by one: an insert into the inbox alone, each in a transaction of its own. */
export function bareContender({ pool }: Database): Contender {
  const sql = `insert into inbox (company_id, source, event_id, type, sent_at, received_at, payload, error)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`;
  return {
    run: (deliveries, timing) => {
      const items = deliveries.map(inboxRow);
      return sendAll({ items, ...timing }, () => async (row) => {
        await pool.query(sql, row);
      });
    },
    stop: nothingToStop,
  };
}

function inboxRow({ body, headers }: SignedDelivery): unknown[] {
  const received = receive(Buffer.from(body), headers);
  if (!received.verified) throw new Error(received.reason);
  const { companyId, source, eventId, type, sentAt, receivedAt, payload, error } = received.read(JSON.parse(body));
  return [companyId, source, eventId, type, new Date(sentAt), new Date(receivedAt), JSON.stringify(payload), error];
}

type Bytes = { body: Buffer; headers: Record<string, string> };

function bytesOf({ body, headers }: SignedDelivery): Bytes {
  return { body: Buffer.from(body), headers };
}

/** All that ours does with the bytes of a delivery, but HTTP. */
export function ourContender({ pool }: Database, log: Log): Contender {
  const ingest = createIngest({ pool, log, settings: companySettings });
  const record = async ({ body, headers }: Bytes) => {
    const received = receive(body, headers);
    if (!received.verified) throw new Error(received.reason);
    const payload: Json = JSON.parse(body.toString('utf8'));
    const delivery = received.read(payload);
    if (delivery.error !== null) throw new Error(`not read: ${delivery.error}`);
    const outcome = await ingest.record(delivery);
    if (outcome !== 'recorded') throw new Error(`a delivery was ${outcome}`);
  };
  return {
    run: (deliveries, timing) => sendAll({ items: deliveries.map(bytesOf), ...timing }, () => record),
    stop: ingest.stop,
  };
}

export function usualContender({ prisma }: Database): Contender {
  const handler = createUsualHandler(prisma, webhookSecret);
  const record = async ({ body, headers }: Bytes) => {
    const status = await handler(body, headers);
    if (status !== 200) throw new Error(`a delivery was answered ${status}`);
  };
  return {
    run: (deliveries, timing) => sendAll({ items: deliveries.map(bytesOf), ...timing }, () => record),
    stop: nothingToStop,
  };
}

/** The app as it listens in production. */
export async function ourHttpContender({ pool }: Database, log: Log): Promise<Contender> {
  const ingest = createIngest({ pool, log, settings: companySettings });
  const app = createHttpApp({ ingest, receive, readiness: async () => null, log });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const port = Number(new URL(url).port);
  return {
    run: (deliveries, timing) => sendOverHttp({ port, deliveries, ...timing }),
    stop: async () => {
      await app.close();
      await ingest.stop();
    },
  };
}

export async function usualHttpContender({ prisma }: Database): Promise<Contender> {
  const server = createServer(createUsualApp(createUsualHandler(prisma, webhookSecret), webhookPath));
  const address = await new Promise<AddressInfo | string | null>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address()));
  });
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    run: (deliveries, timing) => sendOverHttp({ port, deliveries, ...timing }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
