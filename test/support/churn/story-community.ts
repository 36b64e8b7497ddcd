import { dayMs, type MemberHistory } from '../../../src/domain/churn/member-history.ts';
import { begin, simulateCommunity, weekMs } from './simulated-community.ts';

const weeks = 30;

/** What there is to be said of Fay, whichever of it has the most weight on that weekday. */
export const reasonOfFay =
  /\d+ active days in the 4 weeks before, 0 in the last 2|0 activities in the last 7 days|3[12] days since the last activity/;

/** People who come and go, some who fell silent and then left, and Fay, who has fallen silent; until that instant. */
export function storyCommunity(until: number): MemberHistory[] {
  const community = simulateCommunity({ seed: 'story', members: 60, weeks, effect: -0.8, dailyOdds: 0.003 });
  const later = until - (begin + weeks * weekMs);
  const faded = Array.from({ length: 40 }, (_, i) => fading(`faded ${i}`, until - (20 + 3 * i) * dayMs, true));
  return [...community.map(({ history }) => moved(history, later)), ...faded, fading('user_fay', until, false)];
}

function moved(history: MemberHistory, later: number): MemberHistory {
  return {
    ...history,
    memberships: history.memberships.map((one) => ({ ...one, start: one.start + later, end: one.end + later })),
    activity: (history.activity ?? []).map((one) => ({ ...one, day: one.day + later })),
  };
}

/** Active each day for ten weeks, and then, for the month before that instant, not any more. */
function fading(memberId: string, until: number, left: boolean): MemberHistory {
  const day = (back: number) => ({ day: until - back * dayMs, kind: 'message', channel: '1', count: 4, value: 4 });
  const [start, end] = [until - 120 * dayMs, left ? until : Number.POSITIVE_INFINITY];
  return {
    memberId,
    memberships: [{ id: `mem_${memberId}`, start, end, terms: [], cancellations: [] }],
    bills: [],
    activity: Array.from({ length: 70 }, (_, i) => day(101 - i)),
  };
}
