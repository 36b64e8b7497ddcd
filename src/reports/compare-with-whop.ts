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
import type { Sums } from '../domain/totals.ts';
import { levelOf, type StatAnswer, type StatQuestion, type StatValue, sumOf } from '../domain/whop-stat.ts';
import { countPastDueCustomers } from '../store/past-due-customers.ts';
import type { Sources } from './question.ts';
import type { Figure, Report } from './report.ts';
import { revenueReport } from './revenue.ts';

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
type Asked = Parts & { companyId: string; currency: string; now: Instant };

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
  const { currency } = await revenueReport({ companyId, period: '30d', now }, parts.sources);
  const asked = { ...parts, companyId, currency, now };
  return [
    await compareLevel('mrr', asked),
    await compareLevel('paying_customers', asked),
    await compareFlow('gross_revenue', asked),
  ];
}

async function compareLevel(figure: 'mrr' | 'paying_customers', asked: Asked): Promise<Compared | NotCompared> {
  const today = dayOf(asked.now, asked.sources.settings.timeZone);
  const question = questionOf(figure, { from: addDays(today, 1 - levelDays), to: today }, asked);
  const answer = await asked.readStat(question);
  if ('unavailable' in answer) return { figure, ...answer };
  const whop = levelOf(answer.points, answer.askedAt);
  if (whop === null) return { figure, unavailable: `Whop has none for the last ${levelDays} days` };
  const report = await reportAt(whop.asOf, asked);
  const pastDue = async () => {
    if (figure === 'mrr') return figureOf(report, 'mrr_past_due')?.value ?? null;
    return whop.asOf < answer.askedAt ? null : countPastDueCustomers(asked.sources.database.pool, asked.companyId);
  };
  const byCurrency = async () => {
    const told = await asked.readStat({ ...question, byCurrency: true });
    return 'unavailable' in told ? null : (levelOf(told.points, told.askedAt)?.byCurrency ?? null);
  };
  const others = { pastDue, oursInUtc: async () => null, byCurrency };
  return judge(figure, { whop, report, at: answer.askedAt, asOf: whop.asOf, asked, others });
}

async function compareFlow(figure: 'gross_revenue', asked: Asked): Promise<Compared | NotCompared> {
  const { timeZone } = asked.sources.settings;
  const today = dayOf(asked.now, timeZone);
  const days = { from: addDays(today, -windowDays), to: addDays(today, -1) };
  const question = questionOf(figure, days, asked);
  const answer = await asked.readStat(question);
  if ('unavailable' in answer) return { figure, ...answer };
  const whop = sumOf(answer.points, days);
  if (whop === null) return { figure, unavailable: `Whop has none for some of the last ${windowDays} days` };
  const asOf = startOfDay(today, timeZone) - 1;
  const oursInUtc = async () => {
    const inUtc = await reportAt(startOfDay(today, 'UTC') - 1, asked, { timeZone: 'UTC' });
    return figureOf(inUtc, figure)?.value ?? null;
  };
  const byCurrency = async () => {
    const told = await asked.readStat({ ...question, byCurrency: true });
    return 'unavailable' in told ? null : (sumOf(told.points, days)?.byCurrency ?? null);
  };
  const others = { pastDue: async () => null, oursInUtc, byCurrency };
  return judge(figure, { whop, report: await reportAt(asOf, asked), at: answer.askedAt, asOf, asked, others });
}

type Both = {
  whop: StatValue;
  report: Report;
  at: Instant;
  asOf: Instant;
  asked: Asked;
  /** Asked for only where the two differ. */
  others: {
    pastDue(): Promise<number | null>;
    oursInUtc(): Promise<number | null>;
    byCurrency(): Promise<Sums | null>;
  };
};

async function judge(figure: ComparedFigure, both: Both): Promise<Compared | NotCompared> {
  const { whop, report, at, asked } = both;
  const { currency, sources } = asked;
  const unit = comparedFigures[figure];
  const ours = figureOf(report, figure);
  if (typeof ours?.value !== 'number') return { figure, unavailable: ours?.unavailable ?? 'we have none' };
  const values = { unit, currency, whop: whop.value, ours: ours.value };
  const reason = agrees(unit, whop.value, ours.value) ? null : reasonOf(await evidenceOf(ours, values, both));
  return { figure, timeZone: sources.settings.timeZone, at, ...values, reason };
}

type Values = Pick<Evidence, 'unit' | 'currency' | 'whop' | 'ours'>;

async function evidenceOf(ours: Figure, values: Values, { asOf, asked, others }: Both): Promise<Evidence> {
  const isMoney = values.unit === 'money';
  const whopByCurrency = isMoney ? await others.byCurrency() : null;
  return {
    ...values,
    pastDue: await others.pastDue(),
    oursInUtc: await others.oursInUtc(),
    unconverted: ours.otherCurrencies ?? [],
    byCurrency:
      whopByCurrency === null ? null : { whop: whopByCurrency, ours: await oursByCurrency(ours.key, asOf, asked) },
  };
}

/** ISO 4217's code for no currency: nothing is converted into it. */
const noCurrency = 'XXX';

async function oursByCurrency(key: string, asOf: Instant, asked: Asked): Promise<Sums> {
  const report = await reportAt(asOf, asked, { reportingCurrency: noCurrency });
  const amounts = figureOf(report, key)?.otherCurrencies ?? [];
  return new Map(amounts.map(({ currency, amount }) => [currency, amount]));
}

function reportAt(now: Instant, { companyId, sources }: Asked, differs: Partial<Sources['settings']> = {}) {
  const settings = { ...sources.settings, ...differs };
  return revenueReport({ companyId, period: '30d', now }, { ...sources, settings });
}

function questionOf(figure: ComparedFigure, days: { from: string; to: string }, asked: Asked): StatQuestion {
  const { companyId, currency, sources } = asked;
  return { companyId, figure, ...days, timeZone: sources.settings.timeZone, currency, byCurrency: false };
}

function figureOf({ figures }: Report, key: string): Figure | undefined {
  return figures.find((figure) => figure.key === key);
}
