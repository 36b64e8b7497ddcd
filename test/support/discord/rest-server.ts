import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError, notFound, unauthorized } from './api-error.ts';
import { type Body, readBody } from './body.ts';
import { Faults } from './faults.ts';

export type Call = { parameters: string[]; query: URLSearchParams; body: Body };
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api/v10`; what is in parentheses becomes a parameter. */
  path: RegExp;
  /** Whether the bot's token is asked for; interactions carry one of their own. */
  auth: boolean;
  /** Undefined is answered 204. */
  answer(call: Call): unknown;
};

export type SeenRequest = { method: string; path: string; at: number; status: number; json: unknown };

/** Discord's REST API, version 10, as far as the routes go. */
export class FakeRest {
  readonly http: Server;
  readonly faults = new Faults();
  readonly seen: SeenRequest[] = [];
  readonly #routes: readonly Route[];
  readonly #token: () => string;

  constructor(routes: readonly Route[], token: () => string) {
    this.#routes = routes;
    this.#token = token;
    this.http = createServer((request, response) => void this.#serve(request, response));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://discord.invalid');
    const method = request.method ?? 'GET';
    // Clients may write `@original` as `%40original`.
    const path = decodeURIComponent(pathname).replace(/^\/api(\/v\d+)?/, '');
    const seen: SeenRequest = { method, path, at: performance.now(), status: 0, json: undefined };
    this.seen.push(seen);
    try {
      // The body is read first: an answer to half a request ends the connection.
      const body = await readBody(request);
      seen.json = body.json;
      const fault = await this.faults.meet(`${method} ${path}`);
      if (fault) return send(response, seen, fault.status, fault.body, fault.headers);
      const result = await this.#answer(request, { method, path, query: searchParams, body });
      send(response, seen, result === undefined ? 204 : 200, result, rateLimitHeaders(`${method} ${path}`));
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError(500, 0, String(error));
      send(response, seen, known.status, { message: known.message, code: known.code, errors: known.errors });
    }
  }

  async #answer(
    request: IncomingMessage,
    { method, path, query, body }: { method: string; path: string; query: URLSearchParams; body: Body },
  ): Promise<unknown> {
    for (const route of this.#routes) {
      const match = route.method === method ? route.path.exec(path) : null;
      if (!match) continue;
      if (route.auth && request.headers.authorization !== `Bot ${this.#token()}`) throw unauthorized();
      return await route.answer({ parameters: match.slice(1), query, body });
    }
    throw notFound();
  }
}

function send(
  response: ServerResponse,
  seen: SeenRequest,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  seen.status = status;
  response.writeHead(status, { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function rateLimitHeaders(request: string): Record<string, string> {
  const bucket = createHash('md5')
    .update(request.replaceAll(/\d{17,}/g, ':id'))
    .digest('hex');
  return {
    'X-RateLimit-Limit': '50',
    'X-RateLimit-Remaining': '49',
    'X-RateLimit-Reset': String(Date.now() / 1000 + 1),
    'X-RateLimit-Reset-After': '1',
    'X-RateLimit-Bucket': bucket,
  };
}
