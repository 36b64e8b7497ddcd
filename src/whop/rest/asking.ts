import type { Whop } from '@whop/sdk';
import { type Clock, createClock } from './clock.ts';
import { type AskedList, fetchPage, type Page } from './fetch-page.ts';
import { createPace, whopRequestsPerMinute } from './pace.ts';
import { patiently } from './patience.ts';
import type { Since } from './resources.ts';

export type AskingParts = {
  client: Whop;
  clock: Clock;
  stopping: AbortSignal;
  watch: { onWait(resource: string, reason: string, waitMs: number): void };
  /** Of each operation. */
  requestsPerMinute: number;
};

/** Whop asked with the key of this client, at the pace that it allows. */
export function askingWhop<Watch extends AskingParts['watch']>(client: Whop, stopping: AbortSignal, watch: Watch) {
  return { client, clock: createClock(stopping), stopping, watch, requestsPerMinute: whopRequestsPerMinute };
}

/** Of the company, or of one of its products: a page of its list. */
export type Ask = (ownerId: string, cursor: string | null) => Promise<Page>;

/** Asks for a list's pages, each at the list's own pace and until there is an answer. */
export function createAsking(resource: AskedList, parts: AskingParts, since: Since = {}): Ask {
  const { client, clock, stopping } = parts;
  return createPatience(resource.name, parts, (ownerId, cursor) =>
    fetchPage(resource, cursor, { client, ownerId, clock, stopping, since }),
  );
}

/** The same question, at a pace of its own and until there is an answer; `name` is what it is about. */
export function createPatience<Question extends unknown[], Answer>(
  name: string,
  { clock, stopping, watch, requestsPerMinute }: Omit<AskingParts, 'client'>,
  askOnce: (...question: Question) => Promise<Answer>,
): (...question: Question) => Promise<Answer> {
  const pace = createPace(requestsPerMinute, clock);
  const onWait = (reason: string, waitMs: number) => watch.onWait(name, reason, waitMs);
  const ask = async (question: Question) => {
    await pace();
    return askOnce(...question);
  };
  return (...question) => patiently(() => ask(question), { clock, stopping, onWait });
}
