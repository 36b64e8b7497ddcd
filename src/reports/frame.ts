import { type Books, booksOf, onPlan } from '../domain/books.ts';
import { type Period, periodAt } from '../domain/calendar.ts';
import { type CompanyFacts, planName } from '../domain/company.ts';
import type { Value } from '../domain/figure-value.ts';
import { WrongChoice } from '../domain/user-error.ts';
import { readCompanyFacts } from '../store/company-facts.ts';
import { emptyNote } from './notes.ts';
import type { Question, Sources } from './question.ts';
import type { Figure, Report, Unit } from './report.ts';

/** What every report about a company's books is made from. */
export type Frame = { facts: CompanyFacts; books: Books; period: Period };

/** @throws WrongChoice where the company has no such plan */
export async function loadFrame(question: Question, { database, settings }: Sources): Promise<Frame> {
  const facts = await readCompanyFacts(database.pool, question.companyId);
  const period = periodAt(question.period, question.now, settings);
  const books = booksOf(facts, settings, question.now);
  const { planId } = question;
  if (planId === undefined) return { facts, period, books };
  if (facts.plans.some(({ id }) => id === planId)) return { facts, period, books: onPlan(books, planId) };
  const known = facts.plans.map(({ id }) => id).join(', ');
  throw new WrongChoice(`I don’t know this plan. I know: ${known === '' ? 'none yet' : known}.`);
}

type Answer = Pick<Report, 'figures' | 'tables' | 'series'> & { notes?: string[] };

/** The answer with what every report says of itself: whose it is, of which time, and in which zone and currency. */
export function frameReport(name: string, question: Question, { facts, books, period }: Frame, answer: Answer): Report {
  return {
    name,
    company: { id: question.companyId, name: facts.company?.title ?? question.companyId },
    asOf: iso(question.now),
    timeZone: books.timeZone,
    currency: books.currency,
    period: { name: period.name, start: iso(period.start), end: iso(period.end) },
    previous: { start: iso(period.previous.start), end: iso(period.previous.end) },
    ...answer,
    notes: [...emptyNote(facts), ...planNote(question, facts), ...(answer.notes ?? [])],
  };
}

function planNote({ planId }: Question, facts: CompanyFacts): string[] {
  return planId === undefined ? [] : [`Only ${planName(planId, facts)} (${planId}).`];
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

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
