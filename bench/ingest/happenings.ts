import type { Chance } from '../../src/demo/chance.ts';
import { samplePerson } from '../../src/demo/people.ts';
import type { Happening, SamplePayment } from '../../src/demo/sample.ts';
import { pickPlan } from '../history/plans.ts';
import { type Member, membershipAt, paymentAt } from './member.ts';

/** Who is a member, and what was paid last; it changes with what happens. */
export type Community = { members: Member[]; paid: SamplePayment[] };

type Happens = (community: Community, at: number, chance: Chance) => Happening[];

/** Among so many of the last payments are those that are refunded. */
const refundable = 1_000;

function remember({ paid }: Community, payment: SamplePayment): SamplePayment {
  paid.push(payment);
  if (paid.length > refundable) paid.shift();
  return payment;
}

const renewal: Happens = (community, at, chance) => {
  const member = anyOf(community.members, chance);
  const payment = remember(community, paymentAt(member, at, chance, { reason: 'subscription_cycle' }));
  return [{ at, type: 'payment.succeeded', payment }];
};

const newcomer: Happens = (community, at, chance) => {
  const person = { ...samplePerson(community.members.length, chance), currency: 'usd' as const, hasRate: true };
  const member = { person, plan: pickPlan(chance), membershipId: chance.id('mem'), createdAt: at };
  community.members.push(member);
  const payment = remember(community, paymentAt(member, at, chance, { reason: 'subscription_create' }));
  return [
    { at, type: 'membership.activated', membership: membershipAt(member, at) },
    { at, type: 'payment.succeeded', payment },
  ];
};

const update: Happens = ({ members }, at, chance) => {
  const cancelAtPeriodEnd = chance.happens(0.5);
  const cancelOption = cancelAtPeriodEnd ? 'too_expensive' : null;
  const membership = membershipAt(anyOf(members, chance), at, { cancelAtPeriodEnd, cancelOption });
  return [{ at, type: 'membership.cancel_at_period_end_changed', membership }];
};

const declinedCharge: Happens = ({ members }, at, chance) => {
  const payment = paymentAt(anyOf(members, chance), at, chance, { reason: 'subscription_cycle', failed: true });
  return [{ at, type: 'payment.failed', payment }];
};

/** Half of them leave, the others get their money back. */
const ending: Happens = ({ members, paid }, at, chance) => {
  const payment = paid[chance.whole(0, paid.length - 1)];
  if (payment === undefined || chance.happens(0.5)) {
    const member = anyOf(members, chance);
    const left = membershipAt(member, at, { status: 'canceled', canceledAt: at, cancelOption: 'other' });
    return [{ at, type: 'membership.deactivated', membership: left }];
  }
  const { netMinor: amountMinor } = payment;
  const refund = { id: chance.id('rfnd'), payment, amountMinor, status: 'succeeded' as const, createdAt: at };
  return [{ at, type: 'refund.created', refund }];
};

/** Of a hundred events seventy are renewals, and ten of newcomers, who make two each. */
export function nextHappenings(community: Community, at: number, chance: Chance): Happening[] {
  const happens = chance.weighted<Happens>([
    [renewal, 70],
    [newcomer, 5],
    [update, 10],
    [declinedCharge, 5],
    [ending, 5],
  ]);
  return happens(community, at, chance);
}

function anyOf(members: readonly Member[], chance: Chance): Member {
  const member = members[chance.whole(0, members.length - 1)];
  if (member === undefined) throw new Error('the company has no members');
  return member;
}
