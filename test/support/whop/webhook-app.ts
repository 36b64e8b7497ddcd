import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { type Logger, pino } from 'pino';
import { createHttpApp } from '../../../src/http/app.ts';
import { createIngest } from '../../../src/ingest/ingest.ts';
import { createReceiver } from '../../../src/whop/receive.ts';
import { companyDefaults } from '../facts.ts';
import { type Signed, webhookSecret } from './sign.ts';
import { noon } from './sketch.ts';

export type WebhookApp = {
  readonly http: FastifyInstance;
  /** All that was logged, at every level. */
  logged(): string;
  send(signed: Signed): Promise<{ statusCode: number; body: string; headers: Record<string, unknown> }>;
  stop(): Promise<void>;
};

type Options = {
  pool: Pool;
  now?: number;
  secrets?: readonly string[];
  companyId?: string | null;
  ownWhopUserId?: string | null;
};

/** The whole way of a delivery, from HTTP to the tables, at one moment. */
export function createWebhookApp({
  pool,
  now = noon,
  secrets = [webhookSecret],
  companyId = null,
  ownWhopUserId = null,
}: Options): WebhookApp {
  const lines: string[] = [];
  const log = captureLog(lines);
  const ingest = createIngest({ pool, log, settings: companyDefaults, ownWhopUserId });
  const receive = createReceiver({ webhookSecrets: secrets, companyId }, () => now);
  const http = createHttpApp({ ingest, receive, readiness: async () => null, log });
  return {
    http,
    logged: () => lines.join(''),
    send: ({ body, headers }) =>
      http.inject({
        method: 'POST',
        url: '/webhooks/whop',
        headers: { 'content-type': 'application/json', ...headers },
        payload: body,
      }),
    stop: async () => {
      await http.close();
      await ingest.stop();
    },
  };
}

function captureLog(lines: string[]): Logger {
  return pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
}
