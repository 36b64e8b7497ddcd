import { APIError } from '@whop/sdk';
import { type ComparedFigure, comparedFigures } from '../../domain/comparison.ts';
import type { Sums } from '../../domain/figure-value.ts';
import { toMinor } from '../../domain/money.ts';
import { UserError } from '../../domain/user-error.ts';
import type { StatAnswer, StatPoint, StatQuestion } from '../../domain/whop-stat.ts';
import type { Json } from '../../ingest/delivery.ts';
import { child } from '../redact.ts';
import { type AskingParts, createPatience } from './asking.ts';
import { fetchAnswer, NoList, parseJson } from './fetch-page.ts';

/** What Whop calls each figure. */
const metrics: Readonly<Record<ComparedFigure, string>> = {
  mrr: 'monthly_recurring_revenue',
  paying_customers: 'paid_active_members',
  gross_revenue: 'gross_revenue',
};

/** Reads Whop's own figures; one that Whop doesn't give is unavailable, with the reason. Patience ends once for all of them. */
export function createStatReader(parts: AskingParts): (question: StatQuestion) => Promise<StatAnswer> {
  const ask = createPatience('stats', parts, (question: StatQuestion) => fetchStat(question, parts));
  let givenUp: string | null = null;
  return async (question) => {
    if (givenUp !== null) return { unavailable: givenUp };
    try {
      return parseStat(await ask(question), question, parts.clock.now());
    } catch (error) {
      if (parts.stopping.aborted) throw error;
      if (error instanceof UserError) givenUp = error.message.replace(/\.$/, '');
      const unavailable = givenUp ?? whyUnavailable(error, question);
      if (unavailable === null) throw error;
      return { unavailable };
    }
  };
}

async function fetchStat(question: StatQuestion, { client, stopping }: AskingParts): Promise<Json> {
  const { companyId, figure, from, to, timeZone, currency, byCurrency } = question;
  const breakdown = byCurrency ? { breakdown_by: 'currency' } : {};
  const money = comparedFigures[figure] === 'money' && !byCurrency ? { convert_to: currency.toLowerCase() } : {};
  const query = {
    account_id: companyId,
    from,
    to,
    interval: 'day',
    time_zone: timeZone,
    ...money,
    ...breakdown,
  } as const;
  const { text } = await fetchAnswer(stopping, (options) => client.stats.retrieve(metrics[figure], query, options));
  return parseJson(text);
}

function parseStat(answer: Json, question: StatQuestion, askedAt: number): StatAnswer {
  const data = child(answer, 'data');
  const points = child(data, 'points');
  if (!Array.isArray(points)) throw new NoList('the answer has no points');
  const told = child(data, 'currency');
  const { figure, currency, byCurrency } = question;
  const isMoney = comparedFigures[figure] === 'money';
  if (isMoney && !byCurrency && typeof told === 'string' && told.toUpperCase() !== currency) {
    return { unavailable: `Whop gives it in ${told.toUpperCase()}, not in ${currency}` };
  }
  const read = (value: Json | undefined) => (isMoney ? moneyOf(value, currency) : countOf(value));
  return { points: points.map((point) => pointOf(point, read)), askedAt };
}

function pointOf(point: Json, read: (value: Json | undefined) => number | null): StatPoint {
  const at = child(point, 'timestamp');
  if (typeof at !== 'number') throw new NoList('a point has no time');
  return { at: at * 1000, value: read(child(point, 'value')), byCurrency: breakdownOf(child(point, 'breakdown')) };
}

function breakdownOf(entries: Json | undefined): Sums | null {
  if (!Array.isArray(entries)) return null;
  const sums = new Map<string, number>();
  for (const entry of entries) {
    const currency = String(child(entry, 'name')).toUpperCase();
    const amount = moneyOf(child(entry, 'value'), currency);
    if (amount === null) return null;
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  }
  return sums;
}

function moneyOf(value: Json | undefined, currency: string): number | null {
  return typeof value === 'number' || typeof value === 'string' ? toMinor(value, currency) : null;
}

function countOf(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** Null for an error that is none of Whop's. */
function whyUnavailable(error: unknown, { companyId, figure }: StatQuestion): string | null {
  if (error instanceof NoList) return `what WHOP_API_URL answers can’t be read, ${error.message}`;
  if (!(error instanceof APIError)) return null;
  if (error.status === 403) return 'WHOP_API_KEY may not read it (403): give it the permission stats:read on Whop';
  if (error.status === 404) return `Whop knows no ${metrics[figure]} of ${companyId} (404)`;
  return `Whop refuses to tell it (${error.status})`;
}
