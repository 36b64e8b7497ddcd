import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { WebhookOutcome } from './whop-webhook.ts';

export type Metrics = {
  registry: Registry;
  countWebhook(outcome: WebhookOutcome): void;
  countRefusal(cause: string): void;
};

/** Counters of this process, and what Node.js tells of itself. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const webhooks = new Counter({
    name: 'tidewatch_webhooks_total',
    help: 'Deliveries from Whop by what became of them',
    labelNames: ['outcome'],
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'tidewatch_webhook_refusals_total',
    help: 'Deliveries that nothing proved to be from Whop, by cause',
    labelNames: ['cause'],
    registers: [registry],
  });
  const lastRefusal = new Gauge({
    name: 'tidewatch_webhook_last_refusal_timestamp_seconds',
    help: 'When the last one was refused for this cause',
    labelNames: ['cause'],
    registers: [registry],
  });
  return {
    registry,
    countWebhook: (outcome) => webhooks.inc({ outcome }),
    countRefusal: (cause) => {
      refusals.inc({ cause });
      lastRefusal.setToCurrentTime({ cause });
    },
  };
}

/** `GET /metrics` in Prometheus's text format. */
export function addMetricsRoute(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
