import { cashFigures } from '../domain/cash-figures.ts';
import type { ActivityView } from '../domain/engagement/activity-view.ts';
import { reachFigures } from '../domain/engagement/engagement-figures.ts';
import { memberFigures } from '../domain/member-figures.ts';
import { recurringFigures } from '../domain/recurring-figures.ts';
import { stockByDay } from '../domain/revenue-breakdown.ts';
import type { View } from '../domain/sums.ts';
import { readEverything } from '../store/stretch-sums.ts';
import { loadActivity } from './activity-views.ts';
import { cashNames, engagementNames, memberNames, recurringNames } from './figure-names.ts';
import { answer, nameFigures } from './frame.ts';
import { moneyNotes } from './notes.ts';
import type { ReportMaker } from './question.ts';
import { courseOf, loadDays, loadViews } from './views.ts';

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
  messages: engagementNames.messages,
  dau: engagementNames.dau,
  mau: engagementNames.mau,
};

/** The few figures that tell how a community is. */
export const overviewReport: ReportMaker = (question, sources) =>
  answer('overview', question, sources, async (frame) => {
    const { head } = frame;
    const [views, activity, days, everything] = await Promise.all([
      loadViews(frame),
      loadActivity(frame),
      loadDays(frame, ['mrr', 'members']),
      readEverything(frame.client, frame.asked),
    ]);
    const figures = nameFigures(names, figuresOf(views.now, activity.now), figuresOf(views.before, activity.before));
    const course = courseOf(views, days);
    return {
      figures,
      tables: [],
      series: [
        { key: 'mrr', label: 'MRR', unit: 'money', points: stockByDay('mrr', head.currency, course) },
        { key: 'members', label: 'Members', unit: 'count', points: stockByDay('members', '', course) },
      ],
      notes: moneyNotes(everything, figures, head.currency),
      isEmpty: frame.isEmpty && activity.now.firstDay === null,
    };
  });

function figuresOf(view: View, activity: ActivityView) {
  return { ...recurringFigures(view), ...cashFigures(view), ...memberFigures(view), ...reachFigures(activity) };
}
