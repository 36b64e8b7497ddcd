import { plans, promoCodes, type SamplePlan } from './catalogue.ts';
import type { Chance } from './chance.ts';
import { dispute, refund } from './claims.ts';
import { cancel, deactivate, momentWithin, nothing, type Outcome, type Stretch } from './endings.ts';
import type { SampleMembership, SamplePayment } from './sample.ts';
import { dayMs, minuteMs, type Seasons } from './seasons.ts';

/** A period that has been paid for: what is left of it, and which of the membership's payments it was, from 0. */
export type PaidPeriod = {
  membership: SampleMembership;
  payment: SamplePayment;
  rest: Stretch;
  ordinal: number;
  seasons: Seasons;
  chance: Chance;
};

/** What may happen in a paid period, one after the other until the membership ends. */
export function live(period: PaidPeriod): Outcome {
  const lived: Outcome = { happenings: [], ending: null };
  for (const temptation of [wantMoneyBack, disputeThePayment, switchPlans, leave]) {
    const { happenings, ending } = temptation(period);
    lived.happenings.push(...happenings);
    if (ending !== null) return { happenings: lived.happenings, ending };
  }
  return lived;
}

function wantMoneyBack({ membership, payment, rest, ordinal, seasons, chance }: PaidPeriod): Outcome {
  if (!chance.happens(ordinal === 0 ? 0.035 : 0.012)) return nothing;
  const at = momentWithin({ start: rest.start, end: Math.min(rest.end, rest.start + 5 * dayMs) }, chance);
  const back = refund(payment, at, seasons, chance);
  if (!back.full) return { happenings: back.happenings, ending: null };
  const end = deactivate(membership, at + 5 * minuteMs, { why: 'refunded' });
  return { happenings: [...back.happenings, ...end.happenings], ending: end.ending };
}

/** Who disputes a payment doesn't stay. */
function disputeThePayment(period: PaidPeriod): Outcome {
  const { membership, payment, rest, seasons, chance } = period;
  if (rest.start < seasons.legacyUntil || !chance.happens(0.016)) return nothing;
  const told = dispute(payment, rest.start + chance.whole(1440, 12 * 1440) * minuteMs, chance);
  const leaving = cancel(membership, rest, seasons, chance);
  return { happenings: [...told, ...leaving.happenings], ending: leaving.ending };
}

/** By a second membership, as Whop does it: the old one ends a little before the new one begins, or a little after. */
function switchPlans({ membership, rest, ordinal, seasons, chance }: PaidPeriod): Outcome {
  const choices = betterPlans[membership.plan.id] ?? [];
  const [first, ...others] = choices;
  const tempted =
    first !== undefined && rest.start >= seasons.legacyUntil && chance.happens(ordinal === 0 ? 0.01 : 0.035);
  if (!tempted) return nothing;
  const at = momentWithin(rest, chance);
  const next = { plan: chance.pick([first, ...others]), at: at + chance.pick([20, -2]) * minuteMs };
  return deactivate(membership, at, { why: 'switched', next });
}

const betterPlans: Readonly<Record<string, readonly SamplePlan[]>> = {
  [plans.weekly.id]: [plans.monthly, plans.monthly, plans.yearly],
  [plans.monthly.id]: [plans.yearly, plans.circle, plans.weekly],
  [plans.trial.id]: [plans.yearly, plans.circle],
  [plans.circle.id]: [plans.monthly],
};

function leave({ membership, rest, ordinal, seasons, chance }: PaidPeriod): Outcome {
  return chance.happens(leavingProbability(membership, ordinal)) ? cancel(membership, rest, seasons, chance) : nothing;
}

/** Who came for half the price mostly leaves again; the others do so less, the longer they have been there. */
function leavingProbability({ plan, promoCode }: SampleMembership, ordinal: number): number {
  if (promoCode?.id === promoCodes.sunrise.id && ordinal === 0) return 0.74;
  if (plan.id === plans.yearly.id) return 0.3;
  if (plan.id === plans.weekly.id) return ordinal < 4 ? 0.07 : 0.035;
  return [0.14, 0.1, 0.07][ordinal] ?? 0.05;
}
