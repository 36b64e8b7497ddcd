import type { Chance } from '../../src/demo/chance.ts';
import { samplePerson } from '../../src/demo/people.ts';
import type { Happening } from '../../src/demo/sample.ts';
import { pickPlan } from '../history/plans.ts';
import { type Member, membershipAt, paymentAt } from './member.ts';

type Happens = (members: Member[], at: number, chance: Chance) => Happening[];

const renewal: Happens = (members, at, chance) => {
  const payment = paymentAt(anyOf(members, chance), at, chance, { reason: 'subscription_cycle' });
  return [{ at, type: 'payment.succeeded', payment }];
};

const newcomer: Happens = (members, at, chance) => {
  const person = { ...samplePerson(members.length, chance), currency: 'usd' as const, hasRate: true };
  const member = { person, plan: pickPlan(chance), membershipId: chance.id('mem'), createdAt: at };
  members.push(member);
  return [
    { at, type: 'membership.activated', membership: membershipAt(member, at) },
    { at, type: 'payment.succeeded', payment: paymentAt(member, at, chance, { reason: 'subscription_create' }) },
  ];
};

const update: Happens = (members, at, chance) => {
  const cancelAtPeriodEnd = chance.happens(0.5);
  const cancelOption = cancelAtPeriodEnd ? 'too_expensive' : null;
  const membership = membershipAt(anyOf(members, chance), at, { cancelAtPeriodEnd, cancelOption });
  return [{ at, type: 'membership.cancel_at_period_end_changed', membership }];
};

const declinedCharge: Happens = (members, at, chance) => {
  const payment = paymentAt(anyOf(members, chance), at, chance, { reason: 'subscription_cycle', failed: true });
  return [{ at, type: 'payment.failed', payment }];
};

/** Half of them leave, the others get their money back. */
const ending: Happens = (members, at, chance) => {
  const member = anyOf(members, chance);
  if (chance.happens(0.5)) {
    const left = membershipAt(member, at, { status: 'canceled', canceledAt: at, cancelOption: 'other' });
    return [{ at, type: 'membership.deactivated', membership: left }];
  }
  const payment = paymentAt(member, at, chance, { reason: 'subscription_cycle' });
  const { netMinor: amountMinor } = payment;
  const refund = { id: chance.id('rfnd'), payment, amountMinor, status: 'succeeded' as const, createdAt: at };
  return [{ at, type: 'refund.created', refund }];
};

/** Of a hundred events seventy are renewals, and ten of newcomers, who make two each. */
export function nextHappenings(members: Member[], at: number, chance: Chance): Happening[] {
  const happens = chance.weighted<Happens>([
    [renewal, 70],
    [newcomer, 5],
    [update, 10],
    [declinedCharge, 5],
    [ending, 5],
  ]);
  return happens(members, at, chance);
}

function anyOf(members: readonly Member[], chance: Chance): Member {
  const member = members[chance.whole(0, members.length - 1)];
  if (member === undefined) throw new Error('the company has no members');
  return member;
}
