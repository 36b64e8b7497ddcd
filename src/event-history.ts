import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { readCsv } from './csv.ts';
import type { ActivityKind } from './domain/churn/engagement-features.ts';
import {
  type ActivityDay,
  type Bill,
  type Cancellation,
  dayMs,
  type MemberHistory,
} from './domain/churn/member-history.ts';
import type { Instant } from './domain/facts.ts';
import { groupBy } from './domain/group-by.ts';

/** Histories of any origin, from two files. */
export type EventHistory = {
  histories: MemberHistory[];
  /** What the most people do before the instant asked for, bills apart. */
  kinds: ActivityKind[];
  /** The day of the first event. */
  observedFrom: Instant;
  /** The end of the last day that either file tells of. */
  knownUntil: Instant;
};

const mostKinds = 12;

const text = z.string().min(1, 'must not be empty');
const date = field('must be a date such as 2026-01-05', parseDate);
const eventRow = z.object({ user: text, date, kind: text, value: field('must be a number', parseValue) });
const subscriptionRow = z
  .object({
    sub: text,
    user: text,
    start: date,
    end: field('must be a date, or empty while it runs', parseEnd),
    cancelled: field('must be a date, yes or no, or empty', parseCancelled),
  })
  .refine(({ start, end }) => start <= end, { path: ['end'], message: 'must not be before start' });
type Event = z.infer<typeof eventRow>;
type Subscription = z.infer<typeof subscriptionRow>;

export async function readEventHistory(
  files: { events: string; subscriptions: string },
  kindsBefore: Instant,
): Promise<EventHistory> {
  const events = await readCsv(files.events, eventRow);
  const subscriptions = await readCsv(files.subscriptions, subscriptionRow);
  const ofUser = groupBy(events, ({ user }) => user);
  const byUser = [...groupBy(subscriptions, ({ user }) => user)];
  const histories = byUser.map(([user, theirs]) => historyOf(user, theirs, ofUser.get(user) ?? []));
  const kinds = commonKinds(events.filter((event) => event.date < kindsBefore && !isBill(event)));
  return { histories, kinds, observedFrom: firstDay(events), knownUntil: lastDay(events, subscriptions) + dayMs };
}

function field<T>(problem: string, parse: (value: string) => T | null) {
  return z.string().transform((value, context) => {
    const parsed = parse(value);
    if (parsed !== null) return parsed;
    context.addIssue(problem);
    return z.NEVER;
  });
}

/** Days by their text: a file has millions of dates, on a few hundred days. */
const days = new Map<string, Instant | null>();

/** A day begins, and a time without an offset is, in UTC. */
export function parseDate(value: string): Instant | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return parseInstant(value.replace(' ', 'T').replace(/(T[\d:.]+)$/, '$1Z'));
  const known = days.get(value);
  if (known !== undefined) return known;
  const day = parseInstant(`${value}T00:00Z`);
  days.set(value, day);
  return day;
}

function parseInstant(value: string): Instant | null {
  try {
    return Temporal.Instant.from(value).epochMilliseconds;
  } catch {
    return null;
  }
}

function parseValue(value: string): number | null {
  if (value === '') return 1;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function parseEnd(value: string): Instant | null {
  return value === '' ? Number.POSITIVE_INFINITY : parseDate(value);
}

/**
 * Only a date says when it was known that somebody had cancelled. A yes or no was written once all was over: it tells how
 * the story ends, and so nothing before.
 */
function parseCancelled(value: string): Cancellation[] | null {
  if (/^(|0|1|yes|no|y|n|true|false|t|f)$/i.test(value)) return [];
  const at = parseDate(value);
  return at === null ? null : [{ at, endsAt: null, takenBackAt: null }];
}

function historyOf(memberId: string, subscriptions: readonly Subscription[], events: readonly Event[]): MemberHistory {
  return {
    memberId,
    memberships: subscriptions.map(({ sub, start, end, cancelled }) => ({
      id: sub,
      start,
      end,
      terms: [],
      cancellations: cancelled.filter(({ at }) => at >= start),
    })),
    bills: events.filter(isBill).map(billOf),
    activity: events.filter((event) => !isBill(event)).map(activityOf),
  };
}

function activityOf({ date: at, kind, value }: Event): ActivityDay {
  return { day: Math.floor(at / dayMs) * dayMs, kind, channel: kind, count: 1, value };
}

const billPattern = /^(payment|charge(?!back)|invoice|bill|renewal)|(payment|charge|invoice|renewal)$/i;

/** By their names, as nothing else tells them from what people do. */
function isBill({ kind }: Event): boolean {
  return billPattern.test(kind);
}

function billOf({ date: at, kind, value }: Event): Bill {
  return { at, amountMinor: Math.round(value * 100), failed: /fail|declin|unpaid|past.?due/i.test(kind) };
}

function commonKinds(events: readonly Event[]): ActivityKind[] {
  const people = (those: readonly Event[]) => new Set(those.map(({ user }) => user)).size;
  return [...groupBy(events, ({ kind }) => kind)]
    .map(([kind, those]) => ({ kind, valued: those.some(({ value }) => value !== 1), people: people(those) }))
    .sort((a, b) => b.people - a.people)
    .slice(0, mostKinds)
    .map(({ kind, valued }) => ({ kind, valued }));
}

function firstDay(events: readonly Event[]): Instant {
  return events.reduce((first, event) => Math.min(first, event.date), Number.POSITIVE_INFINITY);
}

function lastDay(events: readonly Event[], subscriptions: readonly Subscription[]): Instant {
  const told = subscriptions.flatMap(({ start, end }) => (Number.isFinite(end) ? [start, end] : [start]));
  const dates = [...events.map((event) => event.date), ...told];
  const last = dates.reduce((latest, one) => Math.max(latest, one), Number.NEGATIVE_INFINITY);
  return Math.floor(last / dayMs) * dayMs;
}
