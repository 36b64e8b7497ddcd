import type { Chance } from '../../src/demo/chance.ts';
import { dayMs } from '../../src/demo/seasons.ts';
import type { Membership } from '../../src/domain/facts.ts';
import { claimsOf } from './claims.ts';
import type { CustomerHistory } from './customer-history.ts';
import { type Charge, paymentOf } from './payment-history.ts';
import { type BenchPlan, benchPlans } from './plans.ts';

type Start = { at: number; plan: BenchPlan };
type World = { chance: Chance; now: number };
type Ending = { at: number; status: 'canceled' | 'expired'; switchesTo: BenchPlan | null };

const trialsLost = 0.35;
const switching = 0.012;
const declined = 0.05;
const declinedForGood = 0.25;
const graceDays = 6;

/** Adds one membership's life to the history; answers with how it ended, or null where it hasn't. */
export function liveMembership(history: CustomerHistory, start: Start, world: World): Ending | null {
  const id = world.chance.id('mem');
  const life = payUntilTheEnd(history, { ...start, id }, world);
  const { plan } = start;
  history.memberships.push(membership(id, start, history, life));
  history.changes.push({ membershipId: id, change: 'activated', at: start.at });
  if (life.ending !== null) history.changes.push({ membershipId: id, change: 'deactivated', at: life.ending.at });
  history.current = life.ending === null ? { membershipId: id, plan, createdAt: start.at } : null;
  return life.ending;
}

type Life = { ending: Ending | null; paidFrom: number; paidUntil: number };

/** One charge a period, until the customer leaves, a charge fails for good, or it is now. */
function payUntilTheEnd(history: CustomerHistory, start: Start & { id: string }, world: World): Life {
  const { chance, now } = world;
  const { plan } = start;
  const lostTrial = plan.trialDays !== null && chance.happens(trialsLost);
  let paidFrom = start.at;
  let at = start.at + (plan.trialDays ?? 0) * dayMs;
  if (lostTrial && at <= now) return { ending: left(at), paidFrom, paidUntil: at };
  for (let number = 0; at <= now; number += 1) {
    const outcome = charge(history, { membershipId: start.id, plan, number, at }, world);
    if (outcome === 'lost') {
      const end = at + graceDays * dayMs;
      return { ending: end <= now ? { at: end, status: 'expired', switchesTo: null } : null, paidFrom, paidUntil: at };
    }
    paidFrom = at;
    at += plan.periodDays * dayMs;
    const next = at <= now ? leaving(plan, chance) : null;
    if (next !== null) return { ending: { ...left(at), ...next }, paidFrom, paidUntil: at };
  }
  return { ending: null, paidFrom, paidUntil: at };
}

function left(at: number): Ending {
  return { at, status: 'canceled', switchesTo: null };
}

function leaving(plan: BenchPlan, chance: Chance): { switchesTo: BenchPlan | null } | null {
  if (chance.happens(plan.churn)) return { switchesTo: null };
  if (!chance.happens(switching)) return null;
  const others = benchPlans.filter((other) => other !== plan && other.trialDays === null);
  return { switchesTo: others[chance.whole(0, others.length - 1)] ?? null };
}

/** Most declined charges are made good within days. */
function charge(history: CustomerHistory, { membershipId, plan, number, at }: Charge, world: World): 'paid' | 'lost' {
  const { chance, now } = world;
  const failed = chance.happens(declined);
  const lost = failed && chance.happens(declinedForGood);
  const paidAt = failed ? at + chance.whole(1, 4) * dayMs : at;
  const paid = !lost && paidAt <= now;
  const payment = paymentOf(
    history.person,
    { membershipId, plan, number, at },
    { paidAt: paid ? paidAt : null, failed },
  );
  const named = { ...payment, id: chance.id('pay') };
  history.payments.push(named);
  if (paid) claimsOf(history, named, paidAt, world);
  return lost ? 'lost' : 'paid';
}

function membership(id: string, { at, plan }: Start, history: CustomerHistory, life: Life): Membership {
  const lastPaid = history.payments.findLast(({ membershipId }) => membershipId === id);
  const overdue = lastPaid !== undefined && lastPaid.paidAt === null;
  const running = lastPaid === undefined ? 'trialing' : overdue ? 'past_due' : 'active';
  const canceledAt = life.ending?.at ?? null;
  return {
    id,
    userId: history.person.userId,
    planId: plan.id,
    productId: plan.product.id,
    status: life.ending?.status ?? running,
    createdAt: at,
    updatedAt: canceledAt ?? lastPaid?.lastAttemptAt ?? at,
    renewalPeriodStart: life.paidFrom,
    renewalPeriodEnd: life.paidUntil,
    canceledAt,
    cancelAtPeriodEnd: false,
    cancelOption: life.ending?.status === 'canceled' ? 'too_expensive' : null,
    promoCodeId: null,
  };
}
