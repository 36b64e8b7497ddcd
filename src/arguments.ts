import { InvalidArgumentError } from '@commander-js/extra-typings';
import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from './domain/calendar.ts';

/** For what is left to the environment again; Commander takes no null from a parser. */
const none = 'none';

export function unlessNone(text: string | undefined): string | null | undefined {
  return text === none ? null : text;
}

export function parseCompanyId(text: string): string {
  if (!/^biz_[\w-]+$/.test(text)) throw new InvalidArgumentError('It must be a company id such as biz_AbCd1234.');
  return text;
}

/** A day begins, and a time without an offset is, in UTC. */
export function parseNow(text: string): number {
  const instant = text.replace(/^(\d{4}-\d\d-\d\d)$/, '$1T00:00').replace(/(T[\d:.]+)$/, '$1Z');
  try {
    return Temporal.Instant.from(instant).epochMilliseconds;
  } catch {
    throw new InvalidArgumentError('It must be an ISO 8601 instant such as 2026-06-01T00:00:00Z.');
  }
}

export function parseTimeZone(text: string): string {
  if (text !== none && !isTimeZone(text))
    throw new InvalidArgumentError(`It must be a zone such as Europe/Berlin, or ${none}.`);
  return text;
}

export function parseCurrency(text: string): string {
  if (text === none) return none;
  const code = text.toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) throw new InvalidArgumentError(`It must be a code such as USD, or ${none}.`);
  return code;
}
