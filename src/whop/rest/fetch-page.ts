import type { Whop } from '@whop/sdk';
import type { Instant } from '../../domain/facts.ts';
import type { Json } from '../../ingest/delivery.ts';
import { child } from '../redact.ts';
import type { Clock } from './clock.ts';
import type { Resource, Since } from './resources.ts';

export type Page = {
  rows: Json[];
  /** Where the list goes on; null after its last page. */
  next: string | null;
  /** No later than when Whop looked: what its rows tell was so at this time. */
  askedAt: Instant;
};

/** A list as it is asked for. */
export type AskedList = Pick<Resource, 'name' | 'list'>;

/** `ownerId` names what has the list: the company, or one of its products. */
export type Asking = { client: Whop; ownerId: string; clock: Clock; stopping: AbortSignal; since: Since };

/** The connection was lost, or nothing came any more, in the middle of an answer. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/** An answer that is no page of a list, as of something else that listens at this address. */
export class NoList extends Error {
  override readonly name = 'NoList';
}

const rowsPerPage = 100;
const answerTimeoutMs = 60_000;

/**
 * One request. The text of the answer is read and parsed here, since the SDK's pages go on after the last one, and its
 * timeout ends where the body begins.
 * @throws what the SDK throws; BrokenAnswer; NoList
 */
export async function fetchPage(resource: AskedList, cursor: string | null, asking: Asking): Promise<Page> {
  const { client, ownerId, clock, stopping, since } = asking;
  const page = { first: rowsPerPage, ...since, ...(cursor === null ? {} : { after: cursor }) };
  const sentAt = clock.now();
  const { text, date } = await fetchAnswer(stopping, (options) => resource.list(client, ownerId, page, options));
  return { ...parsePage(text, cursor), askedAt: askedAtByBoth(sentAt, clock.now(), date) };
}

type Request = (options: { signal: AbortSignal }) => { asResponse(): Promise<Response> };

/**
 * The text of one answer, and the time that its sender says.
 * @throws what the SDK throws; BrokenAnswer
 */
export function fetchAnswer(stopping: AbortSignal, request: Request): Promise<{ text: string; date: string | null }> {
  return withDeadline(stopping, async (signal) => {
    const response = await request({ signal }).asResponse();
    const text = await response.text().catch((cause: unknown) => {
      throw new BrokenAnswer('the answer broke off', { cause });
    });
    return { text, date: response.headers.get('date') };
  });
}

/** This machine's clock may be ahead of Whop's; but what Whop tells of later has to stay later. */
function askedAtByBoth(sentAt: Instant, answeredAt: Instant, date: string | null): Instant {
  const answeredByWhop = Date.parse(date ?? '');
  return Number.isNaN(answeredByWhop) ? sentAt : Math.min(sentAt, answeredByWhop - (answeredAt - sentAt));
}

/** The SDK leaves a listener behind on each signal that it is given, so that each request gets its own. */
async function withDeadline<T>(stopping: AbortSignal, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  stopping.throwIfAborted();
  const request = new AbortController();
  const abort = () => request.abort();
  const timer = setTimeout(abort, answerTimeoutMs);
  stopping.addEventListener('abort', abort);
  try {
    return await ask(request.signal);
  } finally {
    clearTimeout(timer);
    stopping.removeEventListener('abort', abort);
  }
}

function parsePage(text: string, cursor: string | null): Pick<Page, 'rows' | 'next'> {
  const body = parseJson(text);
  const rows = child(body, 'data');
  if (!Array.isArray(rows)) throw new NoList('the answer is no list');
  const pageInfo = child(body, 'page_info');
  const next = child(pageInfo, 'end_cursor');
  const goesOn = child(pageInfo, 'has_next_page') ?? rows.length > 0;
  if (goesOn !== true || typeof next !== 'string' || next === '') return { rows, next: null };
  if (next === cursor) throw new NoList('the list doesn’t go on behind its cursor');
  return { rows, next };
}

/** @throws NoList */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoList('the answer is no JSON');
  }
}
