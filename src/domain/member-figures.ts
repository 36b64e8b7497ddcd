import { ratio, type Value } from './figure-value.ts';
import { countOf, peopleOf, type View } from './sums.ts';

export type ActiveMemberKey = 'active_members' | 'inactive_members';
export type MemberKey = 'members' | 'joined' | 'left' | 'growth_rate' | 'member_churn_rate';

/** People with at least one membership that is on, and how their number changed. */
export function memberFigures({ sums: { opening, closing, flows, kept } }: View): Record<MemberKey, Value> {
  const [joined, left] = [countOf(flows, 'joined'), countOf(flows, 'left')];
  const before = peopleOf(opening, 'members');
  const nobody = 'there were no members at the start of this period';
  return {
    members: { value: peopleOf(closing, 'members') },
    joined: { value: joined },
    left: { value: left },
    growth_rate: ratio(joined - left, before, nobody),
    member_churn_rate: ratio(peopleOf(kept, 'lost_members'), before, nobody),
  };
}

/** Of the members at the period's end, how many did something in the last 30 days, and how many didn't. */
export function activeMemberFigures({ sums: { closing } }: View, active: number): Record<ActiveMemberKey, Value> {
  return { active_members: { value: active }, inactive_members: { value: peopleOf(closing, 'members') - active } };
}
