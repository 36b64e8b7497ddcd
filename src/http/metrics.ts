import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { WebhookOutcome } from './whop-webhook.ts';

export type Metrics = { registry: Registry; countWebhook(outcome: WebhookOutcome): void };

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
  return { registry, countWebhook: (outcome) => webhooks.inc({ outcome }) };
}

/** `GET /metrics` in Prometheus's text format. */
export function addMetricsRoute(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
