import { type FastifyInstance, fastify } from 'fastify';
import type { GuildLinking } from '../ingest/guild-linking.ts';
import { loggable } from '../ingest/refusal.ts';
import type { Log } from '../log.ts';
import { addHealthRoutes, type Readiness } from './health.ts';
import { addGuildLinking } from './link-guild.ts';
import { addMetricsRoute, createMetrics } from './metrics.ts';
import { addWhopWebhook, type WhopWebhook } from './whop-webhook.ts';

export type HttpParts = Omit<WhopWebhook, 'count' | 'countRefusal'> & {
  readiness: Readiness;
  /** Absent where guilds can't be linked. */
  linking?: GuildLinking | null;
  log: Log;
};

const bodyLimitBytes = 1024 * 1024;
/** Fastify's own default waits for a slow sender for ever. */
const requestTimeoutMs = 30_000;

/** The whole HTTP side, not listening yet. */
export function createHttpApp(parts: HttpParts): FastifyInstance {
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: 'idle',
    // What still arrives on an open connection while the app closes is taken as ever.
    return503OnClosing: false,
  });
  // Signatures are over the bytes that were sent, whatever their content type says.
  app.addHook('onRequest', async ({ headers }) => {
    headers['content-type'] = 'application/octet-stream';
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: sayings[status] ?? 'The request is malformed.' });
    parts.log.error({ ...loggable(error), requestId: request.id }, 'request failed');
    return reply.code(500).send({ error: 'That is our fault and is logged. Please send it again.' });
  });
  letConnectionsGo(app);
  const metrics = createMetrics();
  addWhopWebhook(app, { ...parts, count: metrics.countWebhook, countRefusal: metrics.countRefusal });
  addHealthRoutes(app, parts.readiness);
  if (parts.linking) addGuildLinking(app, parts.linking);
  addMetricsRoute(app, metrics);
  return app;
}

/** While the app closes, each answer ends its connection: a kept one would hold the end up for a minute. */
function letConnectionsGo(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}

const sayings: Readonly<Record<number, string>> = {
  413: 'The body is larger than 1 MiB.',
};
