import { periodAt } from '../domain/calendar.ts';
import {
  type CompanyFacts,
  customersOf,
  paymentsOfUnknownTerm,
  planName,
  reportingCurrencyOf,
} from '../domain/company.ts';
import { ledger } from '../domain/ledger.ts';
import {
  type Books,
  mrrByDay,
  netRevenueByDay,
  type PlanRevenue,
  type RevenueKey,
  revenueByPlan,
  revenueFigures,
} from '../domain/revenue.ts';
import { readCompanyFacts } from '../store/company-facts.ts';
import type { Question, Sources } from './question.ts';
import type { Report, Table, Unit } from './report.ts';

/** Every revenue figure in the order in which it is shown, by the label that people know it by. */
const figures: Readonly<Record<RevenueKey, { label: string; unit: Unit }>> = {
  mrr: { label: 'MRR', unit: 'money' },
  arr: { label: 'ARR', unit: 'money' },
  paying_customers: { label: 'Paying customers', unit: 'count' },
  arpu: { label: 'ARPU', unit: 'money' },
  gross_revenue: { label: 'Gross revenue', unit: 'money' },
  refunds: { label: 'Refunds', unit: 'money' },
  disputes_lost: { label: 'Disputes lost', unit: 'money' },
  net_revenue: { label: 'Net revenue', unit: 'money' },
  after_fees: { label: 'After fees', unit: 'money' },
  payments_succeeded: { label: 'Payments succeeded', unit: 'count' },
  payments_failed: { label: 'Payments failed', unit: 'count' },
  payments_pending: { label: 'Payments pending', unit: 'count' },
  payments_recovered: { label: 'Payments recovered', unit: 'count' },
  payment_success_rate: { label: 'Payment success rate', unit: 'ratio' },
  refund_rate: { label: 'Refund rate', unit: 'ratio' },
  dispute_rate: { label: 'Dispute rate', unit: 'ratio' },
};

/** What came in, what recurs, and on which plans. */
export async function revenueReport(question: Question, { database, settings }: Sources): Promise<Report> {
  const facts = await readCompanyFacts(database.pool, question.companyId);
  return decideRevenue(question, facts, settings);
}

function decideRevenue(question: Question, facts: CompanyFacts, settings: Sources['settings']): Report {
  const { timeZone } = settings;
  const period = periodAt(question.period, question.now, settings);
  const currency = reportingCurrencyOf(facts.payments, settings);
  const terms = { plans: new Map(facts.plans.map((plan) => [plan.id, plan])), reportingCurrency: currency };
  const books: Books = { currency, entries: customersOf(facts).flatMap((customer) => ledger(customer, terms)) };
  const [now, before] = [revenueFigures(books, period), revenueFigures(books, period.previous)];
  return {
    name: 'revenue',
    company: { id: question.companyId, name: facts.company?.title ?? question.companyId },
    asOf: iso(question.now),
    timeZone,
    currency,
    period: { name: period.name, start: iso(period.start), end: iso(period.end) },
    previous: { start: iso(period.previous.start), end: iso(period.previous.end) },
    figures: revenueKeys.map((key) => ({ key, ...figures[key], ...now[key], previous: before[key].value })),
    tables: [planTable(revenueByPlan(books, period), facts, currency)],
    series: [
      { key: 'mrr', label: 'MRR', unit: 'money', points: mrrByDay(books, period, timeZone) },
      { key: 'net_revenue', label: 'Net revenue', unit: 'money', points: netRevenueByDay(books, period, timeZone) },
    ],
    notes: [...emptyNote(facts), ...unknownTermNote(facts), ...unconvertedNote(books)],
  };
}

const revenueKeys = Object.keys(figures).filter((key): key is RevenueKey => Object.hasOwn(figures, key));

function planTable(rows: readonly PlanRevenue[], facts: CompanyFacts, reportingCurrency: string): Table {
  return {
    key: 'revenue_by_plan',
    title: 'Revenue by plan',
    columns: [
      { key: 'plan_id', label: 'Plan id', unit: 'text' },
      { key: 'plan', label: 'Plan', unit: 'text' },
      { key: 'currency', label: 'Currency', unit: 'text' },
      { key: 'mrr', label: 'MRR', unit: 'money' },
      { key: 'customers', label: 'Customers', unit: 'count' },
      { key: 'gross_revenue', label: 'Gross revenue', unit: 'money' },
    ],
    rows: rows.map(({ planId, currency, mrr, customers, grossRevenue }) => {
      const name = planId === null ? 'Without a plan' : planName(planId, facts);
      return {
        plan_id: planId,
        plan: currency === reportingCurrency ? name : `${name} (${currency})`,
        currency,
        mrr,
        customers,
        gross_revenue: grossRevenue,
      };
    }),
  };
}

function emptyNote({ payments, memberships }: CompanyFacts): string[] {
  const empty = payments.length === 0 && memberships.length === 0;
  return empty ? ['Nothing has arrived from Whop for this company yet, so every figure is of nothing.'] : [];
}

function unknownTermNote(facts: CompanyFacts): string[] {
  const payments = paymentsOfUnknownTerm(facts);
  if (payments.length === 0) return [];
  const count = payments.length === 1 ? '1 payment is' : `${payments.length} payments are`;
  return [`${count} not part of MRR: Whop has not told how often their plan renews. Cash figures include them.`];
}

function unconvertedNote({ entries, currency }: Books): string[] {
  const others = new Set(entries.flatMap((entry) => entry.currency ?? []));
  others.delete(currency);
  if (others.size === 0) return [];
  const names = [...others].sort().join(', ');
  return [`Amounts in ${names} stand on lines of their own: Whop gave no rate that turns them into ${currency}.`];
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
