import type { Books } from './books.ts';
import { daysOf, type Stretch } from './calendar.ts';
import { compareText, ratio, type Value } from './figure-value.ts';
import { allComings, isOn, presences } from './presence.ts';
import type { DayPoint } from './revenue-breakdown.ts';

export type MemberKey = 'members' | 'joined' | 'left' | 'growth_rate' | 'member_churn_rate';

/** People with at least one membership that is on, and how their number changed. */
export function memberFigures({ customers, timeZone }: Books, stretch: Stretch): Record<MemberKey, Value> {
  const people = presences(customers);
  const opening = people.filter((spans) => isOn(spans, stretch.start - 1));
  const lost = opening.filter((spans) => !isOn(spans, stretch.asOf));
  const { came, went } = allComings(people, stretch, timeZone);
  const nobody = 'there were no members at the start of this period';
  return {
    members: { value: people.filter((spans) => isOn(spans, stretch.asOf)).length },
    joined: { value: came },
    left: { value: went },
    growth_rate: ratio(came - went, opening.length, nobody),
    member_churn_rate: ratio(lost.length, opening.length, nobody),
  };
}

/** Members at the end of each day, the last as at `asOf`. */
export function membersByDay({ customers, timeZone }: Books, stretch: Stretch): DayPoint[] {
  const people = presences(customers);
  return daysOf(stretch, timeZone).map(({ day, end }) => {
    const at = end === stretch.end ? stretch.asOf : end - 1;
    return { day, value: people.filter((spans) => isOn(spans, at)).length };
  });
}

export type PlanMembers = { planId: string | null; members: number };

/** People on each plan; somebody on two counts on both. */
export function membersByPlan({ customers }: Books, { asOf }: Stretch): PlanMembers[] {
  const planIds = new Set(customers.flatMap(({ records }) => records.map(({ membership }) => membership.planId)));
  return [...planIds]
    .map((planId) => {
      const people = presences(customers, ({ membership }) => membership.planId === planId);
      return { planId, members: people.filter((spans) => isOn(spans, asOf)).length };
    })
    .filter(({ members }) => members > 0)
    .sort((a, b) => b.members - a.members || compareText(a.planId ?? '', b.planId ?? ''));
}

export type ProductAccess = { productId: string; active: number; granted: number; ended: number };

/** Who has access to each product, and whose access began or ended, comparing the ends of days. */
export function accessByProduct({ customers, timeZone }: Books, stretch: Stretch): ProductAccess[] {
  const products = customers.flatMap(({ records }) => records.flatMap(({ membership }) => membership.productId ?? []));
  return [...new Set(products)]
    .map((productId) => {
      const people = presences(customers, ({ membership }) => membership.productId === productId);
      const { came, went } = allComings(people, stretch, timeZone);
      return {
        productId,
        active: people.filter((spans) => isOn(spans, stretch.asOf)).length,
        granted: came,
        ended: went,
      };
    })
    .filter(({ active, granted, ended }) => active + granted + ended > 0)
    .sort((a, b) => b.active - a.active || compareText(a.productId, b.productId));
}
