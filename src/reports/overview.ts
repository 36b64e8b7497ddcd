import { cashFigures } from '../domain/cash-figures.ts';
import { memberFigures } from '../domain/member-figures.ts';
import { recurringFigures } from '../domain/recurring-figures.ts';
import { stockByDay } from '../domain/revenue-breakdown.ts';
import type { View } from '../domain/sums.ts';
import { cashNames, memberNames, recurringNames } from './figure-names.ts';
import { answer, nameFigures } from './frame.ts';
import { moneyNotes } from './notes.ts';
import type { ReportMaker } from './question.ts';
import { loadCourse, loadViews } from './views.ts';

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
export const overviewReport: ReportMaker = (question, sources) =>
  answer('overview', question, sources, async (frame) => {
    const { head } = frame;
    const views = await loadViews(frame);
    const figures = nameFigures(names, figuresOf(views.now), figuresOf(views.before));
    const course = await loadCourse(frame, views, ['mrr', 'members']);
    return {
      figures,
      tables: [],
      series: [
        { key: 'mrr', label: 'MRR', unit: 'money', points: stockByDay('mrr', head.currency, course) },
        { key: 'members', label: 'Members', unit: 'count', points: stockByDay('members', '', course) },
      ],
      notes: await moneyNotes(frame, figures),
    };
  });

function figuresOf(view: View) {
  return { ...recurringFigures(view), ...cashFigures(view), ...memberFigures(view) };
}
