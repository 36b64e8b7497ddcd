import { cashFigures } from '../domain/cash-figures.ts';
import { movementKinds } from '../domain/day-entries.ts';
import { recurringFigures } from '../domain/recurring-figures.ts';
import { movementsByDay, netRevenueByDay, revenueByPlan, stockByDay } from '../domain/revenue-breakdown.ts';
import type { View } from '../domain/sums.ts';
import { readEverything } from '../store/stretch-sums.ts';
import { differenceNotes } from './difference-notes.ts';
import { cashNames, recurringNames } from './figure-names.ts';
import { answer, nameFigures } from './frame.ts';
import { disputeNote, moneyNotes } from './notes.ts';
import type { ReportMaker } from './question.ts';
import { movementTable, planTable } from './revenue-tables.ts';
import { courseOf, loadDays, loadScopes, loadViews } from './views.ts';

const movements = movementKinds.flatMap((kind) => [`${kind}_mrr`, `${kind}_customers`] as const);

const planMeasures = ['mrr', 'paying_customers', 'gross_revenue'] as const;

/** What came in, what recurs and how that moved, and on which plans. */
export const revenueReport: ReportMaker = (question, sources) =>
  answer('revenue', question, sources, async (frame) => {
    const { currency } = frame.head;
    const [days, views, plans, everything, differences] = await Promise.all([
      // The most to be read: first, so that it is while Postgres works at the rest.
      loadDays(frame, ['mrr', 'gross_revenue', 'refunds', 'disputes_lost', ...movements]),
      loadViews(frame),
      loadScopes(frame, 'plan', planMeasures),
      readEverything(frame.client, frame.asked),
      differenceNotes(frame),
    ]);
    const now = figuresOf(views.now);
    const figures = nameFigures({ ...recurringNames, ...cashNames }, now, figuresOf(views.before));
    const course = courseOf(views, days);
    return {
      figures,
      tables: [
        planTable(revenueByPlan(plans, currency), frame.catalogue, currency),
        movementTable(movementsByDay(course.days)),
      ],
      series: [
        { key: 'mrr', label: 'MRR', unit: 'money', points: stockByDay('mrr', currency, course) },
        { key: 'net_revenue', label: 'Net revenue', unit: 'money', points: netRevenueByDay(currency, course) },
      ],
      notes: [...differences, ...disputeNote(now.dispute_rate), ...moneyNotes(everything, figures, currency)],
    };
  });

function figuresOf(view: View) {
  return { ...recurringFigures(view), ...cashFigures(view) };
}
