import type { PoolClient } from 'pg';
import { type Period, periodAt } from '../domain/calendar.ts';
import { type Catalogue, type CompanySettings, planName } from '../domain/company.ts';
import type { Value } from '../domain/figure-value.ts';
import { type Scope, scopeOf, wholeCompany } from '../domain/scope.ts';
import { WrongChoice } from '../domain/user-error.ts';
import { type Asked, type Edge, readEdge } from '../store/book-edges.ts';
import { type BookHead, readBookHead } from '../store/book-head.ts';
import { readCatalogue } from '../store/company-facts.ts';
import { effectiveSettings } from '../store/company-settings.ts';
import { readingOneMoment } from '../store/read-only.ts';
import type { Question, Sources } from './question.ts';
import type { Figure, Report, Unit } from './report.ts';

/** What every report about a company's books is made from. */
export type Frame = {
  client: PoolClient;
  question: Question;
  catalogue: Catalogue;
  period: Period;
  /** Of the whole company, or of the plan that is asked for alone. */
  asked: Asked & { scope: Scope };
  /**
   * What the sums of the period in any scope, and of the one before in the one asked for, have too much in their last day:
   * worked out once, where somebody asks, and while Postgres adds up the days.
   */
  edges: { now: () => Promise<Edge>; before: () => Promise<Edge> };
  head: Pick<BookHead, 'timeZone' | 'currency' | 'membershipsAsOf'>;
  /** Nothing has arrived yet. */
  isEmpty: boolean;
};

type Answer = Pick<Report, 'figures' | 'tables' | 'series'> & {
  notes?: string[];
  /** Where the answer is made of more than books: whether there is nothing at all. */
  isEmpty?: boolean;
};

/**
 * Answers a question from the books of one moment, with what every report says of itself: whose it is, of which time, and in
 * which zone and currency.
 * @throws WrongChoice where the company has no such plan
 */
export function answer(
  name: string,
  question: Question,
  { database, settings }: Sources,
  decide: (frame: Frame) => Promise<Answer>,
): Promise<Report> {
  return readingOneMoment(database.pool, async (client) => {
    const frame = await loadFrame(client, question, settings);
    return frameReport(name, frame, await decide(frame));
  });
}

async function loadFrame(client: PoolClient, question: Question, defaults: CompanySettings): Promise<Frame> {
  const { companyId, planId, now } = question;
  const [catalogue, books, settings] = await Promise.all([
    readCatalogue(client, companyId),
    readBookHead(client, companyId),
    effectiveSettings(client, companyId, defaults),
  ]);
  if (planId !== undefined) requirePlan(planId, catalogue);
  const head = books ?? {
    timeZone: settings.timeZone,
    currency: settings.reportingCurrency ?? 'USD',
    membershipsAsOf: null,
  };
  const zone = { timeZone: head.timeZone, weekStart: settings.weekStart };
  const asked = {
    companyId,
    scope: planId === undefined ? wholeCompany : scopeOf('plan', planId),
    timeZone: head.timeZone,
    currency: head.currency,
  };
  const period = periodAt(question.period, now, zone);
  return {
    client,
    question,
    catalogue,
    period,
    asked,
    edges: {
      now: once(() => readEdge(client, { ...asked, scope: null }, period)),
      before: once(() => readEdge(client, asked, period.previous)),
    },
    head,
    isEmpty: books === null,
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function requirePlan(planId: string, { plans }: Catalogue): void {
  if (plans.some(({ id }) => id === planId)) return;
  const known = plans.map(({ id }) => id).join(', ');
  throw new WrongChoice(`I don’t know this plan. I know: ${known === '' ? 'none yet' : known}.`);
}

function frameReport(name: string, frame: Frame, { notes = [], isEmpty = frame.isEmpty, ...answer }: Answer): Report {
  const { question, catalogue, period, head } = frame;
  return {
    name,
    company: { id: question.companyId, name: catalogue.company?.title ?? question.companyId },
    asOf: iso(question.now),
    timeZone: head.timeZone,
    currency: head.currency,
    period: { name: period.name, start: iso(period.start), end: iso(period.end) },
    previous: { start: iso(period.previous.start), end: iso(period.previous.end) },
    ...answer,
    notes: [...emptyNote(isEmpty), ...planNote(frame), ...notes],
  };
}

function emptyNote(isEmpty: boolean): string[] {
  return isEmpty ? ['Nothing has arrived from Whop for this company yet, so every figure is of nothing.'] : [];
}

function planNote({ question: { planId }, catalogue }: Frame): string[] {
  return planId === undefined ? [] : [`Only ${planName(planId, catalogue)} (${planId}).`];
}

export type FigureNames<Key extends string> = Readonly<Record<Key, { label: string; unit: Unit }>>;

/** Figures in the order of their names, each beside what it was in the period before. */
export function nameFigures<Key extends string>(
  names: FigureNames<Key>,
  now: Readonly<Record<NoInfer<Key>, Value>>,
  before: Readonly<Record<NoInfer<Key>, Value>>,
): Figure[] {
  const keys = Object.keys(names).filter((key): key is Key => Object.hasOwn(names, key));
  return keys.map((key) => ({ key, ...names[key], ...now[key], previous: before[key].value }));
}

/** Figures of an instant, with nothing to compare them with. */
export function namedValues<Key extends string>(
  names: FigureNames<Key>,
  values: Readonly<Record<NoInfer<Key>, Value>>,
): Figure[] {
  return nameFigures(names, values, values).map((figure) => ({ ...figure, previous: null }));
}

const aheadMs = 30 * 24 * 60 * 60 * 1000;

/** A report on what is to come, whatever period was asked for. */
export function aheadOf(report: Report): Report {
  const period = { name: 'next 30d', start: report.asOf, end: iso(Date.parse(report.asOf) + aheadMs) };
  return { ...report, period, previous: null };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
