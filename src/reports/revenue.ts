import { booksOf } from '../domain/books.ts';
import { periodAt, type Stretch } from '../domain/calendar.ts';
import { type CashKey, cashFigures } from '../domain/cash-figures.ts';
import type { CompanyFacts } from '../domain/company.ts';
import { companyMovements, sumMovements } from '../domain/movements.ts';
import { type RecurringKey, recurringFigures } from '../domain/recurring-figures.ts';
import { mrrByDay, netRevenueByDay, revenueByPlan } from '../domain/revenue-breakdown.ts';
import { readCompanyFacts } from '../store/company-facts.ts';
import { emptyNote, unconvertedNote, unknownTermNote } from './notes.ts';
import type { Question, Sources } from './question.ts';
import type { Report, Unit } from './report.ts';
import { movementTable, planTable } from './revenue-tables.ts';

type RevenueKey = RecurringKey | CashKey;

/** Every revenue figure in the order in which it is shown, by the label that people know it by. */
const figures: Readonly<Record<RevenueKey, { label: string; unit: Unit }>> = {
  mrr: { label: 'MRR', unit: 'money' },
  arr: { label: 'ARR', unit: 'money' },
  committed_mrr: { label: 'Committed MRR', unit: 'money' },
  mrr_past_due: { label: 'MRR past due', unit: 'money' },
  trial_mrr: { label: 'Trial MRR', unit: 'money' },
  paying_customers: { label: 'Paying customers', unit: 'count' },
  arpu: { label: 'ARPU', unit: 'money' },
  ltv: { label: 'LTV', unit: 'money' },
  opening_mrr: { label: 'Opening MRR', unit: 'money' },
  new_mrr: { label: 'New MRR', unit: 'money' },
  expansion_mrr: { label: 'Expansion MRR', unit: 'money' },
  contraction_mrr: { label: 'Contraction MRR', unit: 'money' },
  churn_mrr: { label: 'Churned MRR', unit: 'money' },
  reactivation_mrr: { label: 'Reactivation MRR', unit: 'money' },
  customer_churn_rate: { label: 'Customer churn rate', unit: 'ratio' },
  grr: { label: 'Gross revenue retention', unit: 'ratio' },
  nrr: { label: 'Net revenue retention', unit: 'ratio' },
  quick_ratio: { label: 'Quick ratio', unit: 'number' },
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
  const books = booksOf(facts, settings, question.now);
  const { currency } = books;
  const figuresOf = (stretch: Stretch) => ({ ...recurringFigures(books, stretch), ...cashFigures(books, stretch) });
  const [now, before] = [figuresOf(period), figuresOf(period.previous)];
  return {
    name: 'revenue',
    company: { id: question.companyId, name: facts.company?.title ?? question.companyId },
    asOf: iso(question.now),
    timeZone,
    currency,
    period: { name: period.name, start: iso(period.start), end: iso(period.end) },
    previous: { start: iso(period.previous.start), end: iso(period.previous.end) },
    figures: revenueKeys.map((key) => ({ key, ...figures[key], ...now[key], previous: before[key].value })),
    tables: [
      planTable(revenueByPlan(books, period), facts, currency),
      movementTable(sumMovements(companyMovements(books, period))),
    ],
    series: [
      { key: 'mrr', label: 'MRR', unit: 'money', points: mrrByDay(books, period) },
      { key: 'net_revenue', label: 'Net revenue', unit: 'money', points: netRevenueByDay(books, period) },
    ],
    notes: [...emptyNote(facts), ...unknownTermNote(facts), ...unconvertedNote(books)],
  };
}

const revenueKeys = Object.keys(figures).filter((key): key is RevenueKey => Object.hasOwn(figures, key));

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
