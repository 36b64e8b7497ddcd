import type { ActivityDay, Bill, MemberHistory, MembershipStretch } from '../../../src/domain/churn/member-history.ts';
import { dayMs } from '../../../src/domain/churn/member-history.ts';

/** Times in days. */
type Told = {
  start?: number;
  end?: number;
  terms?: MembershipStretch['terms'];
  cancellations?: MembershipStretch['cancellations'];
  bills?: { at: number; failed?: boolean }[];
  /** One activity on each of these days, in one channel; null where nobody can see. */
  activeOn?: number[] | null;
};

export function member({
  start = 0,
  end,
  terms = [],
  cancellations = [],
  bills = [],
  activeOn = [],
}: Told): MemberHistory {
  const membership = {
    id: 'mem_1',
    start: start * dayMs,
    end: end === undefined ? Number.POSITIVE_INFINITY : end * dayMs,
  };
  return {
    memberId: 'mber_1',
    memberships: [{ ...membership, terms, cancellations }],
    bills: bills.map(({ at, failed = false }): Bill => ({ at: at * dayMs, amountMinor: 2900, failed })),
    activity:
      activeOn?.map(
        (day): ActivityDay => ({ day: day * dayMs, kind: 'message', channel: 'general', count: 1, value: 1 }),
      ) ?? null,
  };
}
