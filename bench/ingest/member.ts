import type { Chance } from '../../src/demo/chance.ts';
import type { Person, SampleMembership, SamplePayment } from '../../src/demo/sample.ts';
import { dayMs } from '../../src/demo/seasons.ts';
import { afterFees, usdTotal } from '../history/payment-history.ts';
import type { BenchPlan } from '../history/plans.ts';

/** Somebody whose membership is on. */
export type Member = { person: Person; plan: BenchPlan; membershipId: string; createdAt: number };

type Told = Partial<Pick<SampleMembership, 'status' | 'cancelAtPeriodEnd' | 'cancelOption' | 'canceledAt'>>;

/** The membership as Whop knows it at `at`, active but for what is told. */
export function membershipAt(member: Member, at: number, told: Told = {}): SampleMembership {
  const { person, plan, membershipId, createdAt } = member;
  return {
    id: membershipId,
    person,
    plan,
    status: 'active',
    createdAt,
    updatedAt: at,
    period: { start: at, end: at + plan.periodDays * dayMs },
    cancelAtPeriodEnd: false,
    cancelOption: null,
    canceledAt: null,
    promoCode: null,
    ...told,
  };
}

type Charge = { reason: SamplePayment['reason']; failed?: boolean };

/** A new payment of that membership at `at`. */
export function paymentAt(
  member: Member,
  at: number,
  chance: Chance,
  { reason, failed = false }: Charge,
): SamplePayment {
  const { person, plan } = member;
  const netMinor = plan.priceMinor[person.currency];
  return {
    id: chance.id('pay'),
    membership: membershipAt(member, at, { status: failed ? 'past_due' : 'active' }),
    reason,
    status: failed ? 'open' : 'paid',
    currency: person.currency,
    netMinor,
    taxMinor: 0,
    afterFeesMinor: afterFees(netMinor),
    usdTotalMinor: usdTotal(netMinor, person),
    createdAt: at,
    updatedAt: at,
    paidAt: failed ? null : at,
    lastAttemptAt: at,
    nextAttemptAt: failed ? at + dayMs : null,
    failedAttempts: failed ? 1 : 0,
    failureMessage: failed ? 'Your card was declined.' : null,
    promoCode: null,
  };
}
