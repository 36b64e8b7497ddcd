import type { Whop } from '@whop/sdk';
import type { Clock } from './clock.ts';
import { fetchPage, type Page } from './fetch-page.ts';
import { createPace } from './pace.ts';
import { patiently } from './patience.ts';
import type { Resource, Since } from './resources.ts';

export type AskingParts = {
  client: Whop;
  clock: Clock;
  stopping: AbortSignal;
  watch: { onWait(resource: string, reason: string, waitMs: number): void };
  /** Of each operation. */
  requestsPerMinute: number;
};

type List = { resource: Resource; companyId: string; since?: Since };

/** Asks for a list's pages, each at the list's own pace and until there is an answer. */
export function createAsking(
  { resource, companyId, since = {} }: List,
  parts: AskingParts,
): (cursor: string | null) => Promise<Page> {
  const { client, clock, stopping } = parts;
  const asking = { client, companyId, clock, stopping, since };
  return createPatience(resource.name, parts, (cursor) => fetchPage(resource, cursor, asking));
}

/** The same question, at a pace of its own and until there is an answer; `name` is what it is about. */
export function createPatience<Question, Answer>(
  name: string,
  { clock, stopping, watch, requestsPerMinute }: Omit<AskingParts, 'client'>,
  askOnce: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  const pace = createPace(requestsPerMinute, clock);
  const onWait = (reason: string, waitMs: number) => watch.onWait(name, reason, waitMs);
  const ask = async (question: Question) => {
    await pace();
    return askOnce(question);
  };
  return (question) => patiently(() => ask(question), { clock, stopping, onWait });
}
