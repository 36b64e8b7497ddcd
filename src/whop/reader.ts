import type { Instant } from '../domain/facts.ts';
import { toMinor } from '../domain/money.ts';
import type { Json } from '../ingest/delivery.ts';
import { child } from './redact.ts';

/** A field that can't be understood; the delivery is kept with this reason and can be read again after an upgrade. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** What `read` answers; undefined, as if it weren't told, where that can't be understood. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}

/** Longer than any amount, and short enough for its digits to be counted at once. */
const maxAmountLength = 100;

const referenceKeys = ['user', 'membership', 'plan', 'product', 'promo_code'].flatMap((name) => [name, `${name}_id`]);

/** Undefined: the payload doesn't tell. Null: it tells that there is none. */
type Told<T> = T | null | undefined;

/**
 * Reads fields of a payload in each of Whop's generations: money as number, numeric text or `{amount, currency}`, times as
 * ISO text or Unix seconds, references as `plan_id` or `plan: {id}`.
 */
export class Reader {
  readonly #value: Json | undefined;

  constructor(value: Json | undefined) {
    this.#value = value;
  }

  object(key: string): Reader {
    const value = child(this.#value, key);
    return value === undefined ? nothing : new Reader(value);
  }

  isTold(): boolean {
    return this.#value !== undefined && this.#value !== null;
  }

  isNull(): boolean {
    return this.#value === null;
  }

  /** The same without what the payload tells of itself. */
  referencesOnly(): Reader {
    const references = referenceKeys.flatMap((key) => {
      const value = child(this.#value, key);
      return value === undefined ? [] : [[key, value] as const];
    });
    return new Reader(Object.fromEntries(references));
  }

  text(...keys: string[]): Told<string> {
    return this.#read(keys, textIn);
  }

  flag(...keys: string[]): Told<boolean> {
    return this.#read(keys, flagIn);
  }

  integer(...keys: string[]): Told<number> {
    return this.#read(keys, integerIn);
  }

  instant(...keys: string[]): Told<Instant> {
    return this.#read(keys, instantIn);
  }

  /** The id of what is referred to, flat or nested. */
  reference(name: string): Told<string> {
    const flat = this.text(`${name}_id`);
    if (flat !== undefined) return flat;
    const nested = child(this.#value, name);
    return typeof nested === 'string' || nested === null ? nested || null : this.object(name).text('id');
  }

  /** ISO 4217 in capitals, told beside the amounts or within one of them. */
  currency(...amountKeys: string[]): Told<string> {
    const currency = this.text('currency') ?? this.#currencyWithin(amountKeys);
    return currency?.toUpperCase();
  }

  #currencyWithin(amountKeys: readonly string[]): Told<string> {
    for (const key of amountKeys) {
      const currency = this.object(key).text('currency');
      if (currency) return currency;
    }
    return undefined;
  }

  /** In integer minor units of `currency`; not told where the currency isn't. */
  money(currency: Told<string>, ...keys: string[]): Told<number> {
    if (!currency) return undefined;
    return this.#read(keys, (value) => minorIn(value, currency));
  }

  /** The first of the keys that is there; `parse` answers undefined for what it can't understand. */
  #read<T>(keys: readonly string[], parse: (value: Json) => T | null | undefined): Told<T> {
    for (const key of keys) {
      const value = child(this.#value, key);
      if (value === undefined) continue;
      if (value === null) return null;
      const parsed = parse(value);
      if (parsed === undefined) throw new ShapeError(`${key} can't be understood`);
      return parsed;
    }
    return undefined;
  }
}

/** As long as one reader lives, a full garbage collection doesn't take what V8 has optimised for readers with it. */
const nothing = new Reader(undefined);

function textIn(value: Json): Told<string> {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : undefined;
}

function flagIn(value: Json): Told<boolean> {
  return typeof value === 'boolean' ? value : undefined;
}

function integerIn(value: Json): Told<number> {
  if (value === '') return null;
  const number = typeof value === 'string' ? Number(value.trim() || Number.NaN) : value;
  return Number.isInteger(number) && Math.abs(Number(number)) < 2 ** 31 ? Number(number) : undefined;
}

function minorIn(value: Json, currency: string): Told<number> {
  const within = child(value, 'amount');
  const amount = within === undefined ? value : within;
  if (amount === null || amount === '') return null;
  if (typeof amount !== 'number' && typeof amount !== 'string') return undefined;
  return String(amount).length <= maxAmountLength ? (toMinor(amount, currency) ?? undefined) : undefined;
}

function instantIn(value: Json): Told<Instant> {
  if (value === '') return null;
  const at = typeof value === 'number' || typeof value === 'string' ? parseInstant(value) : undefined;
  return at === undefined || Number.isNaN(at) ? undefined : at;
}

/** Whop's whole seconds are below this number until the year 5138, milliseconds have been above it since 1973. */
const firstMilliseconds = 1e11;

/** The years that a timestamp can be of and still be written as ISO text of four digits. */
const [earliest, latest] = [Date.UTC(1900, 0), Date.UTC(9999, 0)];

function parseInstant(value: string | number): Instant | undefined {
  const number = typeof value === 'number' || /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
  const seconds = number !== null && number < firstMilliseconds;
  const at = number === null ? parseIso(String(value)) : Math.floor(seconds ? number * 1000 : number);
  return earliest <= at && at < latest ? at : undefined;
}

const isoPattern = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))? ?(?:Z|UTC|([+-]\d\d):?(\d\d))?$/;

/**
 * ISO 8601, also as Ruby writes it. `Date.parse` alone would find a date in "lesson 5", and read it in this machine's zone;
 * a time without an offset is in UTC, wherever this process runs.
 */
function parseIso(text: string): Instant {
  const [, day, time = '00:00', hours, minutes] = isoPattern.exec(text) ?? [];
  if (day === undefined) return Number.NaN;
  return Date.parse(`${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
}
