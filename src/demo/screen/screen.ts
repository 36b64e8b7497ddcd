import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { errorFacts } from '../../discord/error-facts.ts';
import type { Log } from '../../log.ts';
import type { DemoClock } from '../time/demo-clock.ts';
import type { Answers } from './answers.ts';
import type { Chat } from './chat.ts';
import type { Listeners } from './listeners.ts';
import { readPageFiles } from './page-files.ts';
import { asks, type ScreenMessage, type ScreenState } from './wire.ts';

export type ScreenParts = {
  answers: Answers;
  chat: Chat;
  clock: DemoClock;
  listeners: Listeners;
  about: Pick<ScreenState, 'community' | 'channels' | 'commands' | 'until'>;
  log: Log;
};

/** The page on this machine alone: what it may load is what comes from here. */
const contentSecurityPolicy = [
  "default-src 'none'",
  ...['script', 'style', 'img', 'font', 'connect'].map((kind) => `${kind}-src 'self'`),
  ...['base-uri', 'form-action', 'frame-ancestors'].map((kind) => `${kind} 'none'`),
].join('; ');

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Serves the page, answers what it asks, and pushes what it should know. */
export function createScreen(parts: ScreenParts): FastifyInstance {
  const app = Fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  keepOthersOut(app);
  app.addHook('onSend', async (_request, reply) => void reply.headers(headers));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) parts.log.error({ error: errorFacts(error) }, 'the page was not answered');
    return sorry(reply, status);
  });
  app.addHook('preClose', async () => parts.listeners.end());
  addFiles(app, parts);
  addAnswers(app, parts);
  addPace(app, parts);
  return app;
}

/** Another site in the same browser may know the address, and names resolve to what their owners like. */
function keepOthersOut(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers: { host = '', origin }, method }, reply) => {
    const ours = /^127\.0\.0\.1:\d+$/.test(host) && (origin === undefined || origin === `http://${host}`);
    if (!ours || !['GET', 'POST'].includes(method)) return sorry(reply, 403);
  });
}

function addFiles(app: FastifyInstance, { chat, listeners, clock, about }: ScreenParts): void {
  for (const [address, { type, bytes }] of readPageFiles()) {
    app.get(address, (_request, reply) => reply.type(type).send(bytes));
  }
  app.get('/files/*', (request, reply) => {
    const bytes = chat.file(request.url);
    return bytes === undefined
      ? sorry(reply, 404)
      : reply.type(request.url.endsWith('.png') ? 'image/png' : 'text/csv').send(Buffer.from(bytes));
  });
  app.get('/state', async (): Promise<ScreenState> => ({ ...about, messages: chat.messages(), pace: clock.pace() }));
  app.get('/events', (_request, reply) => {
    reply.hijack();
    listeners.add(reply.raw);
  });
}

function addAnswers(app: FastifyInstance, { answers }: ScreenParts): void {
  app.post('/commands', async ({ body }, reply) => {
    const typed = asks.command.safeParse(body);
    return typed.success ? message(reply, await answers.ask(typed.data)) : sorry(reply, 400);
  });
  app.post('/buttons', async ({ body }, reply) => {
    const pressed = asks.button.safeParse(body);
    return pressed.success ? message(reply, await answers.press(pressed.data)) : sorry(reply, 400);
  });
  app.post('/suggestions', async ({ body }, reply) => {
    const typing = asks.suggestion.safeParse(body);
    return typing.success ? reply.send(await answers.suggest(typing.data)) : sorry(reply, 400);
  });
}

function addPace(app: FastifyInstance, { clock, listeners }: ScreenParts): void {
  app.post('/pace', async ({ body }, reply) => {
    const chosen = asks.pace.safeParse(body);
    if (!chosen.success) return sorry(reply, 400);
    clock.setSpeed(chosen.data.speed);
    listeners.tell({ type: 'pace', pace: clock.pace() });
    return reply.send(clock.pace());
  });
}

function message(reply: FastifyReply, answer: ScreenMessage | null): FastifyReply {
  return answer === null ? sorry(reply, 404) : reply.send(answer);
}

function sorry(reply: FastifyReply, status: number): FastifyReply {
  return reply.code(status).send({ error: sayings[status] ?? 'Something went wrong on the demo’s side. Try again.' });
}

const sayings: Readonly<Record<number, string>> = {
  400: 'The demo doesn’t understand this.',
  403: 'This page is for this machine alone.',
  404: 'There is no such command, or its message is too old: run the command again.',
};
