import { planName, productName } from '../domain/company.ts';
import { accessByProduct, memberFigures, membersByDay, membersByPlan } from '../domain/member-figures.ts';
import { memberNames } from './figure-names.ts';
import { frameReport, loadFrame, nameFigures } from './frame.ts';
import type { ReportMaker } from './question.ts';

/** Who is in, who came and who went. */
export const membersReport: ReportMaker = async (question, sources) => {
  const frame = await loadFrame(question, sources);
  const { books, period, facts } = frame;
  return frameReport('members', question, frame, {
    figures: nameFigures(memberNames, memberFigures(books, period), memberFigures(books, period.previous)),
    tables: [
      {
        key: 'members_by_plan',
        title: 'Members by plan',
        columns: [
          { key: 'plan_id', label: 'Plan id', unit: 'text' },
          { key: 'plan', label: 'Plan', unit: 'text' },
          { key: 'members', label: 'Members', unit: 'count' },
        ],
        rows: membersByPlan(books, period).map(({ planId, members }) => ({
          plan_id: planId,
          plan: planName(planId, facts),
          members,
        })),
      },
      {
        key: 'access_by_product',
        title: 'Access by product',
        columns: [
          { key: 'product_id', label: 'Product id', unit: 'text' },
          { key: 'product', label: 'Product', unit: 'text' },
          { key: 'active', label: 'Active', unit: 'count' },
          { key: 'granted', label: 'Granted', unit: 'count' },
          { key: 'ended', label: 'Ended', unit: 'count' },
        ],
        rows: accessByProduct(books, period).map(({ productId, ...counts }) => ({
          product_id: productId,
          product: productName(productId, facts),
          ...counts,
        })),
      },
    ],
    series: [{ key: 'members', label: 'Members', unit: 'count', points: membersByDay(books, period) }],
  });
};
