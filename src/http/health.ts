import type { FastifyInstance } from 'fastify';

/** Why this process can't do its work just now; null when it can. */
export type Readiness = () => Promise<string | null>;

/** `/healthz`: the process lives. `/readyz`: what its roles need is there, else 503 with the reason. */
export function addHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const reason = await readiness();
    return reason === null ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason });
  });
}
