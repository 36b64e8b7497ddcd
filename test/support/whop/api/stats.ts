import type { StatRetrieveResponse } from '@whop/sdk/resources/stats.js';
import type { Json } from '../../../../src/ingest/delivery.ts';
import type { Fault } from './fake-whop-api.ts';

type Point = { value: number | null; byCurrency?: Readonly<Record<string, number>> };

/** One of Whop's own figures: its value on each day, or how Whop refuses it. */
export type Stat = { on: (day: string, query: URLSearchParams) => number | null | Point } | Exclude<Fault, string>;

/** The same value on every day. */
export function level(value: number | null): Stat {
  return { on: () => value };
}

const dayMs = 86_400_000;

/** A point for each day that was asked for, as Whop answers; days are those of UTC whatever zone is asked for. */
export function answerStat(key: string, stat: Stat | undefined, query: URLSearchParams): [Fault | null, Json] {
  if (stat === undefined) return [refusal(404, `There is no metric ${key}.`), null];
  if (!('on' in stat)) return [stat, null];
  const points: StatRetrieveResponse.Data.Point[] = [];
  const breaksDown = query.get('breakdown_by') === 'currency';
  for (let at = midnight(query.get('from')); at <= midnight(query.get('to')); at += dayMs) {
    const told = stat.on(new Date(at).toISOString().slice(0, 10), query);
    const { value, byCurrency = null } = typeof told === 'number' || told === null ? { value: told } : told;
    if (breaksDown && byCurrency === null) return [refusal(400, 'This metric has no currency.'), null];
    const entries = Object.entries(byCurrency ?? {}).map(([name, amount]) => ({ name, value: amount }));
    points.push({ timestamp: at / 1000, value, ...(breaksDown ? { breakdown: entries } : {}) });
  }
  const currency = query.get('convert_to');
  const data = { points, ...(currency === null ? {} : { currency }) } satisfies StatRetrieveResponse['data'];
  return [null, JSON.parse(JSON.stringify({ data }))];
}

function midnight(day: string | null): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function refusal(status: number, message: string): Exclude<Fault, string> {
  return { status, body: { error: { type: 'refused', message } } };
}
