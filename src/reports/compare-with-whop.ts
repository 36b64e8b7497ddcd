import { addDays, dayOf, startOfDay } from '../domain/calendar.ts';
import {
  agrees,
  type ComparedFigure,
  comparedFigures,
  type Evidence,
  type Reason,
  reasonOf,
} from '../domain/comparison.ts';
import type { Instant } from '../domain/facts.ts';
import type { Sums } from '../domain/figure-value.ts';
import { levelOf, type StatAnswer, type StatQuestion, type StatValue, sumOf } from '../domain/whop-stat.ts';
import { readGrossRevenue } from '../store/happenings.ts';
import { countPastDueCustomers } from '../store/past-due-customers.ts';
import type { Sources } from './question.ts';
import type { Figure, Report } from './report.ts';
import { revenueReport } from './revenue.ts';
import { grossRevenueWithin, mrrAt, unconvertedSums } from './unconverted-sums.ts';

/** One figure of ours beside Whop's; money is in minor units of `currency`. */
export type Compared = {
  figure: ComparedFigure;
  unit: 'money' | 'count';
  currency: string;
  timeZone: string;
  /** When both were asked for. */
  at: Instant;
  whop: number;
  ours: number;
  /** Null where they agree. */
  reason: Reason | null;
};

/** Why a figure couldn't be compared. */
export type NotCompared = { figure: ComparedFigure; unavailable: string };

/** Asks Whop; passed in by whoever knows its API. */
export type ReadStat = (question: StatQuestion) => Promise<StatAnswer>;

type Parts = { sources: Sources; readStat: ReadStat };
/** In the zone and the currency that the books are kept in. */
type Asked = Parts & { companyId: string; currency: string; timeZone: string; now: Instant };

/** How many complete local days a flow is compared over. */
const windowDays = 30;
/** How many days a level may be old: Whop may not have worked out today's yet. */
const levelDays = 7;

/** Whop's own figures beside those that people are answered with. */
export async function compareWithWhop(
  companyId: string,
  now: Instant,
  parts: Parts,
): Promise<(Compared | NotCompared)[]> {
  const { currency, timeZone } = await revenueReport({ companyId, period: '30d', now }, parts.sources);
  const asked = { ...parts, companyId, currency, timeZone, now };
  return [
    await compareLevel('mrr', asked),
    await compareLevel('paying_customers', asked),
    await compareFlow('gross_revenue', asked),
  ];
}

async function compareLevel(figure: 'mrr' | 'paying_customers', asked: Asked): Promise<Compared | NotCompared> {
  const today = dayOf(asked.now, asked.timeZone);
  const question = questionOf(figure, { from: addDays(today, 1 - levelDays), to: today }, asked);
  const answer = await asked.readStat(question);
  if ('unavailable' in answer) return { figure, ...answer };
  const whop = levelOf(answer.points, answer.askedAt);
  if (whop === null) return { figure, unavailable: `Whop has none for the last ${levelDays} days` };
  const report = await reportAt(whop.asOf, asked);
  const { companyId, sources } = asked;
  const pastDue = async () => {
    if (figure === 'mrr') return figureOf(report, 'mrr_past_due')?.value ?? null;
    if (whop.asOf < answer.askedAt) return null;
    return countPastDueCustomers(sources.database.pool, companyId, whop.asOf);
  };
  const byCurrency = async () => {
    const told = await asked.readStat({ ...question, byCurrency: true });
    const theirs = 'unavailable' in told ? null : (levelOf(told.points, told.askedAt)?.byCurrency ?? null);
    return theirs === null
      ? null
      : { whop: theirs, ours: await unconvertedSums(sources.database, companyId, mrrAt(whop.asOf)) };
  };
  const others = { pastDue, oursInUtc: async () => null, byCurrency };
  return judge(figure, { whop, report, at: answer.askedAt, asked, others });
}

async function compareFlow(figure: 'gross_revenue', asked: Asked): Promise<Compared | NotCompared> {
  const { timeZone, companyId, currency, sources } = asked;
  const today = dayOf(asked.now, timeZone);
  const days = { from: addDays(today, -windowDays), to: addDays(today, -1) };
  const question = questionOf(figure, days, asked);
  const answer = await asked.readStat(question);
  if ('unavailable' in answer) return { figure, ...answer };
  const whop = sumOf(answer.points, days);
  if (whop === null) return { figure, unavailable: `Whop has none for some of the last ${windowDays} days` };
  const spanIn = (zone: string) => ({ start: startOfDay(days.from, zone), end: startOfDay(today, zone) });
  const span = spanIn(timeZone);
  const oursInUtc = () => readGrossRevenue(sources.database.pool, { companyId, span: spanIn('UTC'), currency });
  const byCurrency = async () => {
    const told = await asked.readStat({ ...question, byCurrency: true });
    const theirs = 'unavailable' in told ? null : (sumOf(told.points, days)?.byCurrency ?? null);
    const ours = () => unconvertedSums(sources.database, companyId, grossRevenueWithin(span.start, span.end));
    return theirs === null ? null : { whop: theirs, ours: await ours() };
  };
  const others = { pastDue: async () => null, oursInUtc, byCurrency };
  return judge(figure, { whop, report: await reportAt(span.end - 1, asked), at: answer.askedAt, asked, others });
}

type Both = {
  whop: StatValue;
  report: Report;
  at: Instant;
  asked: Asked;
  /** Asked for only where the two differ. */
  others: {
    pastDue(): Promise<number | null>;
    oursInUtc(): Promise<number | null>;
    byCurrency(): Promise<{ whop: Sums; ours: Sums } | null>;
  };
};

async function judge(figure: ComparedFigure, both: Both): Promise<Compared | NotCompared> {
  const { whop, report, at, asked } = both;
  const { currency, timeZone } = asked;
  const unit = comparedFigures[figure];
  const ours = figureOf(report, figure);
  if (typeof ours?.value !== 'number') return { figure, unavailable: ours?.unavailable ?? 'we have none' };
  const values = { unit, currency, whop: whop.value, ours: ours.value };
  const reason = agrees(unit, whop.value, ours.value) ? null : reasonOf(await evidenceOf(ours, values, both));
  return { figure, timeZone, at, ...values, reason };
}

type Values = Pick<Evidence, 'unit' | 'currency' | 'whop' | 'ours'>;

async function evidenceOf(ours: Figure, values: Values, { others }: Both): Promise<Evidence> {
  return {
    ...values,
    pastDue: await others.pastDue(),
    oursInUtc: await others.oursInUtc(),
    unconverted: ours.otherCurrencies ?? [],
    byCurrency: values.unit === 'money' ? await others.byCurrency() : null,
  };
}

function reportAt(now: Instant, { companyId, sources }: Asked): Promise<Report> {
  return revenueReport({ companyId, period: '30d', now }, sources);
}

function questionOf(figure: ComparedFigure, days: { from: string; to: string }, asked: Asked): StatQuestion {
  const { companyId, currency, timeZone } = asked;
  return { companyId, figure, ...days, timeZone, currency, byCurrency: false };
}

function figureOf({ figures }: Report, key: string): Figure | undefined {
  return figures.find((figure) => figure.key === key);
}
