import { createChance } from '../../src/demo/chance.ts';
import { type ActivityDay, dayMs, type MemberHistory } from '../../src/domain/churn/member-history.ts';

/** A Monday. */
export const begin = Date.UTC(2025, 0, 6);
export const weekMs = 7 * dayMs;

/** Members of a community made up one by one: for a year each leaves with a chance that falls with what they do. */
export function* churnMembers(count: number, weeks: number): Generator<MemberHistory> {
  for (let i = 0; i < count; i += 1) yield churnMember(`mber_${i}`, weeks);
}

function churnMember(memberId: string, weeks: number): MemberHistory {
  const chance = createChance(memberId);
  const share = chance.between(0, 0.6);
  const lastDay = chance.happens(0.4) ? chance.whole(0, weeks * 7) : weeks * 7;
  const start = begin - chance.whole(0, 200) * dayMs;
  const activity: ActivityDay[] = [];
  for (let day = 0; day < lastDay; day += 1) {
    if (!chance.happens(share)) continue;
    const count = chance.whole(1, 8);
    activity.push({ day: begin + day * dayMs, kind: 'message', channel: `${chance.whole(1, 6)}`, count, value: count });
  }
  const end = lastDay < weeks * 7 ? begin + (lastDay + 1) * dayMs : Number.POSITIVE_INFINITY;
  const terms = [{ since: start - 1, periodDays: 30, monthlyPriceMinor: 2900, trialEnd: null, discountEnd: null }];
  const bills = Array.from({ length: Math.floor((begin + lastDay * dayMs - start) / (30 * dayMs)) }, (_, month) => ({
    at: start + month * 30 * dayMs,
    amountMinor: 2900,
    failed: chance.happens(0.03),
  }));
  return { memberId, memberships: [{ id: memberId, start, end, terms, cancellations: [] }], bills, activity };
}
