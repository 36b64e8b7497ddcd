import type { Stretch } from '../domain/calendar.ts';
import { cashFigures } from '../domain/cash-figures.ts';
import { companyMovements, sumMovements } from '../domain/movements.ts';
import { recurringFigures } from '../domain/recurring-figures.ts';
import { mrrByDay, netRevenueByDay, revenueByPlan } from '../domain/revenue-breakdown.ts';
import { differenceNotes } from './difference-notes.ts';
import { cashNames, recurringNames } from './figure-names.ts';
import { frameReport, loadFrame, nameFigures } from './frame.ts';
import { disputeNote, moneyNotes } from './notes.ts';
import type { ReportMaker } from './question.ts';
import { movementTable, planTable } from './revenue-tables.ts';

/** What came in, what recurs and how that moved, and on which plans. */
export const revenueReport: ReportMaker = async (question, sources) => {
  const frame = await loadFrame(question, sources);
  const { books, period, facts } = frame;
  const figuresOf = (stretch: Stretch) => ({ ...recurringFigures(books, stretch), ...cashFigures(books, stretch) });
  const now = figuresOf(period);
  const figures = nameFigures({ ...recurringNames, ...cashNames }, now, figuresOf(period.previous));
  return frameReport('revenue', question, frame, {
    figures,
    tables: [
      planTable(revenueByPlan(books, period), facts, books.currency),
      movementTable(sumMovements(companyMovements(books, period))),
    ],
    series: [
      { key: 'mrr', label: 'MRR', unit: 'money', points: mrrByDay(books, period) },
      { key: 'net_revenue', label: 'Net revenue', unit: 'money', points: netRevenueByDay(books, period) },
    ],
    notes: [
      ...(await differenceNotes(question, sources)),
      ...disputeNote(now.dispute_rate),
      ...moneyNotes(facts, figures, books.currency),
    ],
  });
};
