import { APIConnectionError, APIError, APIUserAbortError } from '@whop/sdk';
import { UserError } from '../../domain/user-error.ts';
import { BrokenAnswer, NoList } from './fetch-page.ts';
import type { Resource } from './resources.ts';

/** The key may not read one list. */
export class Forbidden extends UserError {}

/** What passes by itself. */
export type Trouble = {
  reason: string;
  /** How long Whop says to wait; null where it doesn't. */
  waitMs: number | null;
};

/** Timeouts and locks of the server's, too many requests; besides all from 500 on. */
const passingStatuses: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** Null for what will be the same the next time. */
export function passingTrouble(error: unknown, now: number): Trouble | null {
  if (error instanceof BrokenAnswer || error instanceof APIConnectionError) {
    return { reason: 'the connection to Whop was lost', waitMs: null };
  }
  if (error instanceof APIUserAbortError) return { reason: 'Whop doesn’t answer', waitMs: null };
  if (!(error instanceof APIError)) return null;
  const status: number = error.status ?? 0;
  if (status < 500 && !passingStatuses.has(status)) return null;
  return { reason: `Whop answers ${status}`, waitMs: toldWaitMs(error, now) };
}

/** Told by a header or, as Whop's limit of requests does, in words alone: "Try again in 12 seconds." */
function toldWaitMs({ headers, message }: APIError, now: number): number | null {
  const header = headers?.get('retry-after') ?? '';
  const seconds = Number.parseFloat(header);
  if (seconds >= 0) return seconds * 1000;
  const untilMs = Date.parse(header) - now;
  if (untilMs >= 0) return untilMs;
  const [, number, unit] = /try again in (\d+) ?(s|m)/i.exec(message) ?? [];
  return number === undefined ? null : Number(number) * (unit?.toLowerCase() === 'm' ? 60_000 : 1000);
}

type Asked = { resource: Pick<Resource, 'name' | 'permission'>; companyId: string };

/** A refusal in one line that says what to do; undefined for an error that is none. */
export function refusalOf(error: unknown, { resource, companyId }: Asked): UserError | undefined {
  const { name } = resource;
  const permission = `the permission ${resource.permission ?? `to read ${name}`}`;
  if (error instanceof NoList) {
    return new UserError(
      `What WHOP_API_URL answers about ${name} can’t be read, ${error.message}: check that address.`,
    );
  }
  if (!(error instanceof APIError)) return undefined;
  if (error.status === 401) {
    return new UserError(
      `Whop doesn’t accept WHOP_API_KEY (401): reading ${name} needs an API key of ${companyId} with ${permission}.`,
    );
  }
  if (error.status === 403) {
    return new Forbidden(`WHOP_API_KEY may not read ${name} of ${companyId} (403): give it ${permission} on Whop.`);
  }
  return new UserError(`Whop refuses to list ${name} of ${companyId} (${error.status}${words(error)}).`);
}

/** A list can't be gone on with: a cursor may be too old for Whop to know it. */
export function mayBeOfCursor(error: unknown): boolean {
  return error instanceof APIError && (error.status === 400 || error.status === 404 || error.status === 422);
}

/** There is no such thing any more, or Whop shows it to nobody. */
export function isGone(error: unknown): boolean {
  return error instanceof APIError && error.status === 404;
}

function words({ message }: APIError): string {
  const [, said] = /"message":"([^"\\]{1,200})/.exec(message) ?? [];
  return said === undefined ? '' : `: ${said}`;
}
