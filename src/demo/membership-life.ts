import type { PromoCode, SamplePlan } from './catalogue.ts';
import type { Chance } from './chance.ts';
import { charge } from './charge.ts';
import { refund } from './claims.ts';
import { deactivate, liveTrial, nothing, type Outcome, type Stretch } from './endings.ts';
import type { Happening, Person, SampleMembership } from './sample.ts';
import { dayMs, minuteMs, type Seasons, secondMs } from './seasons.ts';
import { live } from './temptations.ts';

export type Start = { person: Person; plan: SamplePlan; at: number; promoCode: PromoCode | null };

/** One membership from its first day to its end, or to some time after all that is told. */
export function liveMembership(start: Start, seasons: Seasons, chance: Chance): Outcome {
  const { plan } = start;
  const begun = begin(start, chance);
  const activated: Happening = { at: start.at, type: 'membership.activated', membership: begun };
  const rest =
    plan.periodDays === null
      ? buyOnce(begun, seasons, chance)
      : liveFrom(begun, { periodDays: plan.periodDays, trialDays: plan.trialDays }, seasons, chance);
  return { happenings: [activated, ...rest.happenings], ending: rest.ending };
}

function begin({ person, plan, at, promoCode }: Start, chance: Chance): SampleMembership {
  const days = plan.trialDays ?? plan.periodDays;
  return {
    id: chance.id('mem'),
    person,
    plan,
    status: plan.periodDays === null ? 'completed' : plan.trialDays === null ? 'active' : 'trialing',
    createdAt: at,
    updatedAt: at,
    period: days === null ? null : { start: at, end: at + days * dayMs },
    cancelAtPeriodEnd: false,
    cancelOption: null,
    canceledAt: null,
    promoCode,
  };
}

function buyOnce(membership: SampleMembership, seasons: Seasons, chance: Chance): Outcome {
  const due = { membership, reason: 'one_time', at: membership.createdAt + 20 * secondMs, ordinal: 0 } as const;
  const { happenings, payment, settledAt } = charge(due, seasons, chance);
  if (!chance.happens(0.05)) return { happenings, ending: null };
  const back = refund(payment, settledAt + chance.whole(600, 4000) * minuteMs, seasons, chance);
  const end = back.full ? deactivate(membership, back.at + 5 * minuteMs, { why: 'refunded' }) : nothing;
  return { happenings: [...happenings, ...back.happenings, ...end.happenings], ending: end.ending };
}

type Rhythm = { periodDays: number; trialDays: number | null };

function liveFrom(begun: SampleMembership, rhythm: Rhythm, seasons: Seasons, chance: Chance): Outcome {
  const firstStart = begun.createdAt + (rhythm.trialDays ?? 0) * dayMs;
  const trial = { start: begun.createdAt, end: firstStart };
  const tried = rhythm.trialDays === null ? nothing : liveTrial(begun, trial, seasons, chance);
  if (tried.ending !== null) return tried;
  const happenings = [...tried.happenings];
  for (let ordinal = 0; ; ordinal += 1) {
    const start = firstStart + ordinal * rhythm.periodDays * dayMs;
    if (start > seasons.until) return { happenings, ending: null };
    const period = { start, end: start + rhythm.periodDays * dayMs };
    const membership: SampleMembership = { ...begun, status: 'active', period };
    if (ordinal === 0 && rhythm.trialDays !== null) happenings.push(converted(membership, start));
    const lived = livePeriod({ membership, period, ordinal }, seasons, chance);
    happenings.push(...lived.happenings);
    if (lived.ending !== null) return { happenings, ending: lived.ending };
  }
}

function converted(membership: SampleMembership, at: number): Happening {
  return { at, type: 'membership.activated', membership: { ...membership, updatedAt: at } };
}

type Turn = { membership: SampleMembership; period: Stretch; ordinal: number };

/** A period is paid for, or the membership ends. */
function livePeriod({ membership, period, ordinal }: Turn, seasons: Seasons, chance: Chance): Outcome {
  const first = ordinal === 0 && membership.plan.trialDays === null;
  const reason = first ? 'subscription_create' : 'subscription_cycle';
  const due = { membership, reason, at: period.start + 20 * secondMs, ordinal } as const;
  const { happenings, payment, settledAt } = charge(due, seasons, chance);
  const rest = { start: settledAt + 10 * minuteMs, end: period.end };
  const next =
    payment.paidAt === null
      ? deactivate(membership, settledAt, { why: 'unpaid' })
      : live({ membership, payment, rest, ordinal, seasons, chance });
  return { happenings: [...happenings, ...next.happenings], ending: next.ending };
}
