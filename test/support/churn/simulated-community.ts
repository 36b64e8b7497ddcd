import { createChance } from '../../../src/demo/chance.ts';
import { type ActivityDay, dayMs, type MemberHistory } from '../../../src/domain/churn/member-history.ts';

export const weekMs = 7 * dayMs;
/** A Monday. */
export const begin = Date.UTC(2025, 0, 6);

/** A member of whom the chance of leaving is known, day by day. */
export type SimulatedMember = { history: MemberHistory; hazard: (tenureDays: number) => number };

type Options = {
  seed: string;
  members: number;
  weeks: number;
  /** How much more the odds are of leaving on a day for each doubling of what somebody does; negative as a rule. */
  effect: number;
  /** How much is done in general at an instant; 1 as a rule. */
  season?: (day: number) => number;
  /** Odds of leaving on a day with usual activity and a long tenure. */
  dailyOdds?: number;
};

/**
 * People who join all the time, do as much as they are used to and leave by a chance that depends on that and on how long
 * they have been there: most of those who leave do so in the first two months.
 */
export function simulateCommunity(options: Options): SimulatedMember[] {
  return Array.from({ length: options.members }, (_, i) => simulateMember(`member ${i}`, options));
}

function simulateMember(memberId: string, options: Options): SimulatedMember {
  const { seed, weeks, effect, dailyOdds = 0.004, season = () => 1 } = options;
  const chance = createChance(`${seed} ${memberId}`);
  const perDay = 2 ** (normal(chance.between) * 1.5);
  const hazard = (tenureDays: number) => {
    const odds = dailyOdds * Math.exp(effect * Math.log2(perDay) + (tenureDays < 60 ? 0.7 : 0));
    return odds / (1 + odds);
  };
  const start = begin + Math.floor(chance.between(-200, weeks * 7)) * dayMs;
  const activity: ActivityDay[] = [];
  let end = start;
  for (const until = begin + weeks * weekMs; end < until; end += dayMs) {
    const count = end < begin ? 0 : poisson(perDay * season((end - begin) / dayMs), chance.between);
    if (count > 0) activity.push({ day: end, kind: 'message', channel: `${chance.whole(1, 5)}`, count, value: count });
    if (chance.happens(hazard((end - start) / dayMs))) break;
  }
  const running = end >= begin + weeks * weekMs;
  const membership = {
    id: memberId,
    start,
    end: running ? Number.POSITIVE_INFINITY : end + dayMs,
    terms: [],
    cancellations: [],
  };
  return { history: { memberId, memberships: [membership], bills: [], activity }, hazard };
}

/** The chance that somebody who is a member at an instant leaves within the 30 days after it. */
export function trueRisk({ history, hazard }: SimulatedMember, at: number): number {
  const tenure = (at - (history.memberships[0]?.start ?? at)) / dayMs;
  return 1 - Array.from({ length: 30 }, (_, day) => 1 - hazard(tenure + day)).reduce((stays, one) => stays * one, 1);
}

export function mondays(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, week) => begin + (from + week) * weekMs);
}

type Between = (least: number, most: number) => number;

function normal(between: Between): number {
  return Math.sqrt(-2 * Math.log(1 - between(0, 1))) * Math.cos(2 * Math.PI * between(0, 1));
}

function poisson(mean: number, between: Between): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = between(0, 1); product > limit; product *= between(0, 1)) count += 1;
  return count;
}
