import type { Books } from '../domain/books.ts';
import type { Stretch } from '../domain/calendar.ts';
import { cashFigures } from '../domain/cash-figures.ts';
import { memberFigures, membersByDay } from '../domain/member-figures.ts';
import { recurringFigures } from '../domain/recurring-figures.ts';
import { mrrByDay } from '../domain/revenue-breakdown.ts';
import { cashNames, memberNames, recurringNames } from './figure-names.ts';
import { frameReport, loadFrame, nameFigures } from './frame.ts';
import { moneyNotes } from './notes.ts';
import type { ReportMaker } from './question.ts';

const names = {
  mrr: recurringNames.mrr,
  new_mrr: recurringNames.new_mrr,
  churn_mrr: recurringNames.churn_mrr,
  net_revenue: cashNames.net_revenue,
  paying_customers: recurringNames.paying_customers,
  arpu: recurringNames.arpu,
  customer_churn_rate: recurringNames.customer_churn_rate,
  nrr: recurringNames.nrr,
  members: memberNames.members,
  joined: memberNames.joined,
  left: memberNames.left,
};

/** The few figures that tell how a community is. */
export const overviewReport: ReportMaker = async (question, sources) => {
  const frame = await loadFrame(question, sources);
  const { books, period, facts } = frame;
  const figures = nameFigures(names, figuresOf(books, period), figuresOf(books, period.previous));
  return frameReport('overview', question, frame, {
    figures,
    tables: [],
    series: [
      { key: 'mrr', label: 'MRR', unit: 'money', points: mrrByDay(books, period) },
      { key: 'members', label: 'Members', unit: 'count', points: membersByDay(books, period) },
    ],
    notes: moneyNotes(facts, figures, books.currency),
  });
};

function figuresOf(books: Books, stretch: Stretch) {
  return { ...recurringFigures(books, stretch), ...cashFigures(books, stretch), ...memberFigures(books, stretch) };
}
