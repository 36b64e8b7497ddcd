import { planName, productName } from '../domain/company.ts';
import { activeMemberFigures, memberFigures } from '../domain/member-figures.ts';
import { accessByProduct, stockByDay, stockByScope } from '../domain/revenue-breakdown.ts';
import { countActiveStanding, loadActivity } from './activity-views.ts';
import { memberNames } from './figure-names.ts';
import { answer, nameFigures } from './frame.ts';
import type { ReportMaker } from './question.ts';
import { courseOf, loadDays, loadScopes, loadViews } from './views.ts';

/** Who is in, who came and who went. */
export const membersReport: ReportMaker = (question, sources) =>
  answer('members', question, sources, async (frame) => {
    const { catalogue } = frame;
    const [views, activity, days, plans, products] = await Promise.all([
      loadViews(frame),
      loadActivity(frame),
      loadDays(frame, ['members']),
      loadScopes(frame, 'plan', ['members']),
      loadScopes(frame, 'product', ['members', 'joined', 'left']),
    ]);
    const active = await countActiveStanding(frame, activity, { stock: 'members', window: 'month' });
    const byPlan = stockByScope('plan', 'members', plans);
    const byProduct = accessByProduct(products);
    const course = courseOf(views, days);
    return {
      figures: nameFigures(
        memberNames,
        { ...memberFigures(views.now), ...activeMemberFigures(views.now, active.now.standing) },
        { ...memberFigures(views.before), ...activeMemberFigures(views.before, active.before.standing) },
      ),
      tables: [
        {
          key: 'members_by_plan',
          title: 'Members by plan',
          columns: [
            { key: 'plan_id', label: 'Plan id', unit: 'text' },
            { key: 'plan', label: 'Plan', unit: 'text' },
            { key: 'members', label: 'Members', unit: 'count' },
          ],
          rows: byPlan.map(({ id, count }) => ({ plan_id: id, plan: planName(id, catalogue), members: count })),
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
          rows: byProduct.map(({ productId, ...counts }) => ({
            product_id: productId,
            product: productName(productId, catalogue),
            ...counts,
          })),
        },
      ],
      series: [{ key: 'members', label: 'Members', unit: 'count', points: stockByDay('members', '', course) }],
      isEmpty: frame.isEmpty && activity.now.firstDay === null,
    };
  });
