import type { Chance } from '../../src/demo/chance.ts';
import { samplePerson } from '../../src/demo/people.ts';
import type { Person } from '../../src/demo/sample.ts';
import { dayMs } from '../../src/demo/seasons.ts';
import type { Dispute, Membership, MembershipChange, Payment, Refund } from '../../src/domain/facts.ts';
import { liveMembership } from './membership-history.ts';
import { type BenchPlan, pickPlan } from './plans.ts';

/** A customer's own share of the facts of a company. */
export type CustomerHistory = {
  person: Person;
  memberships: Membership[];
  changes: MembershipChange[];
  payments: Payment[];
  refunds: Refund[];
  disputes: Dispute[];
  /** The membership that is on, with its plan; null for who has left. */
  current: { membershipId: string; plan: BenchPlan; createdAt: number } | null;
};

const spanDays = 1096;
/** Most who leave never come back. */
const returning = 0.12;

/** What one customer did in the three years up to `now`. */
export function customerHistory(number: number, { chance, now }: { chance: Chance; now: number }): CustomerHistory {
  const history: CustomerHistory = {
    person: benchPerson(number, chance),
    memberships: [],
    changes: [],
    payments: [],
    refunds: [],
    disputes: [],
    current: null,
  };
  let start: { at: number; plan: BenchPlan } | null = { at: joiningTime(now, chance), plan: pickPlan(chance) };
  while (start !== null && start.at <= now) {
    const ending = liveMembership(history, start, { chance, now });
    if (ending === null) return history;
    if (ending.switchesTo !== null) start = { at: ending.at, plan: ending.switchesTo };
    else if (chance.happens(returning))
      start = { at: ending.at + chance.whole(5, 200) * dayMs, plan: pickPlan(chance) };
    else start = null;
  }
  return history;
}

/** Nineteen in twenty pay in dollars; nearly all others in euros, of which Whop tells the dollars, and a few in pesos. */
function benchPerson(number: number, chance: Chance): Person {
  const currency = chance.weighted([
    ['usd', 940],
    ['eur', 50],
    ['mxn', 10],
  ] as const);
  return { ...samplePerson(number, chance), currency, hasRate: currency !== 'mxn' };
}

/** Fewer come as time goes on, in whole seconds as Whop tells it. */
function joiningTime(now: number, chance: Chance): number {
  const ago = spanDays * dayMs * (1 - chance.between(0, 1) ** 2);
  return Math.floor((now - ago) / 1000) * 1000;
}
