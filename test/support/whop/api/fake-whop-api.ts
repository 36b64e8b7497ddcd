import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../../src/ingest/delivery.ts';
import { companyId as tideClub } from '../sketch.ts';
import { companyParameters, isListName, type ListName, pageOf, type Rows, rowsOf } from './lists.ts';
import { countRequests, type RequestCount } from './requests.ts';
import { answerStat, type Stat } from './stats.ts';
import { answerWebhooks, type FakeWebhook, isWebhooks } from './webhooks.ts';

/** What goes wrong with one request: the connection ends, before or amid the answer; nothing comes; or another answer. */
export type Fault =
  | 'cut'
  | 'silence'
  | 'cut in the body'
  | { status: number; body?: Json | string; headers?: Readonly<Record<string, string>> };

export type ListRequest = { list: ListName; query: URLSearchParams; headers: IncomingMessage['headers'] };

export type FakeWhopApi = {
  readonly url: string;
  readonly apiKey: string;
  readonly requests: RequestCount;
  stop(): Promise<void>;
};

/** Lists of something in a company. */
const innerLists = ['reviews', 'messages', 'forum_posts'] as const;
type InnerList = (typeof innerLists)[number];

type Options = {
  lists: Partial<Record<Exclude<ListName, InnerList>, Rows>>;
  /** Of each channel and experience. */
  placesOf?: Readonly<Record<string, Rows>>;
  /** Of each product that there is. */
  reviewsOf?: Readonly<Record<string, Rows>>;
  /** Whop's own figures by their keys; another is unknown. */
  stats?: Readonly<Record<string, Stat>>;
  /** Those of the company; what is made is added. Null: the key may not see them. */
  webhooks?: FakeWebhook[] | null;
  companyId?: string;
  /** Whop's own limit, for each list, by this clock. */
  requestsPerMinute?: number;
  now?: () => number;
  /** Asked at each request that is well, with its number from 1 on. */
  faultOf?: (request: ListRequest, number: number) => Fault | null;
};

const prefix = '/api/v1/';
const apiKey = 'apik_fake';

/** Whop's REST API on loopback, as far as lists of one company go. */
export async function startFakeWhopApi(options: Options): Promise<FakeWhopApi> {
  const requests = countRequests(options.requestsPerMinute ?? 600, options.now);
  let number = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://fake');
    if (isWebhooks(url) && request.headers.authorization === `Bearer ${apiKey}`) {
      void answerWebhooks(request, options.webhooks ?? null).then((answered) => answer(response, answered));
      return;
    }
    const refused = refusal(request, url, options);
    if (refused !== null) return answer(response, refused);
    const metric = statOf(url);
    if (metric !== null) {
      requests.allow('stats');
      return send(response, ...answerStat(metric, options.stats?.[metric], url.searchParams));
    }
    const list = listOf(url);
    const seconds = list === null ? 'allowed' : requests.allow(list);
    if (list === null || seconds !== 'allowed') return answer(response, tooMany(Number(seconds)));
    number += 1;
    const fault = options.faultOf?.({ list, query: url.searchParams, headers: request.headers }, number) ?? null;
    const page = pageOf(list, rowsFor(list, url, options), url.searchParams);
    send(response, fault, page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}${prefix.slice(0, -1)}`,
    apiKey,
    requests,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Whop tells the delay in words alone. */
export function tooMany(seconds: number): { status: number; body: Json } {
  return { status: 429, body: problem('rate_limit_exceeded', `Try again in ${seconds} seconds.`) };
}

function problem(type: string, message: string): Json {
  return { error: { type, message } };
}

function listOf({ pathname }: URL): ListName | null {
  const name = pathname.slice(prefix.length);
  return pathname.startsWith(prefix) && isListName(name) ? name : null;
}

function statOf({ pathname }: URL): string | null {
  return pathname.startsWith(`${prefix}stats/`) ? pathname.slice(`${prefix}stats/`.length) : null;
}

/** How the company, or the product, is to be named; null where there is no such route. */
function parameterOf(url: URL): string | null {
  const list = listOf(url);
  if (list !== null) return companyParameters[list];
  return statOf(url) === null ? null : 'account_id';
}

function rowsFor(list: ListName, { searchParams }: URL, { lists, reviewsOf, placesOf }: Options): Rows {
  const inner = isInner(list) ? { ...reviewsOf, ...placesOf }[searchParams.get(companyParameters[list]) ?? ''] : null;
  return inner ?? (isInner(list) ? undefined : lists[list]) ?? rowsOf([]);
}

function isInner(list: ListName): list is InnerList {
  return innerLists.some((inner) => inner === list);
}

function refusal({ headers }: IncomingMessage, url: URL, { companyId = tideClub, reviewsOf, placesOf }: Options) {
  if (headers.authorization !== `Bearer ${apiKey}`) {
    return { status: 401, body: problem('unauthorized', 'The API key is invalid.') };
  }
  const parameter = parameterOf(url);
  if (parameter === null) return { status: 404, body: problem('not_found', 'There is no such route.') };
  const asked = url.searchParams.get(parameter);
  if (asked === null) return { status: 400, body: problem('bad_request', `${parameter} is missing.`) };
  const list = listOf(url);
  const isThere =
    list !== null && isInner(list) ? Object.hasOwn({ ...reviewsOf, ...placesOf }, asked) : asked === companyId;
  return isThere ? null : { status: 404, body: problem('not_found', 'There is no such resource.') };
}

function send(response: ServerResponse, fault: Fault | null, page: Json | { refused: string }): void {
  if (fault === 'silence') return;
  if (fault === 'cut') response.destroy();
  else if (fault === 'cut in the body') {
    const body = JSON.stringify(page);
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  } else if (fault !== null) answer(response, fault);
  else if (page !== null && typeof page === 'object' && 'refused' in page) {
    answer(response, { status: 400, body: problem('bad_request', String(page.refused)) });
  } else answer(response, { status: 200, body: page });
}

function answer(response: ServerResponse, { status, body = '', headers }: Exclude<Fault, string>): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
