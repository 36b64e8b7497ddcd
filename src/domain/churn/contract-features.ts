import { counted, type Feature } from './feature.ts';
import { dayMs } from './member-history.ts';
import type { MemberView } from './member-view.ts';
import { horizonDays } from './spells.ts';

const monthDays = 365.25 / 12;
const group = 'contract';

/** What follows from memberships and bills alone. */
export const contractFeatures: readonly Feature[] = [
  {
    name: 'tenure',
    group,
    topic: 'tenure',
    bends: true,
    prior: -0.15,
    value: ({ tenureDays }) => Math.log1p(tenureDays),
    words: ({ tenureDays }) => `a member for ${counted(Math.floor(tenureDays), 'day')}`,
  },
  {
    name: 'first renewal ahead',
    group,
    topic: 'tenure',
    flag: true,
    prior: 0.3,
    value: ({ tenureDays }) => Number(tenureDays < horizonDays),
    words: ({ tenureDays }) => `joined ${counted(Math.floor(tenureDays), 'day')} ago`,
  },
  {
    name: 'earlier spells',
    group,
    topic: 'earlier spells',
    prior: 0.2,
    value: ({ earlierSpells }) => Math.log1p(earlierSpells),
    words: ({ earlierSpells }) => `left ${counted(earlierSpells, 'time')} before`,
  },
  {
    name: 'memberships',
    group,
    topic: 'memberships',
    prior: 0,
    value: ({ memberships }) => Math.log(Math.max(1, memberships)),
    words: ({ memberships }) => `${counted(memberships, 'membership')} so far`,
  },
  {
    name: 'bill interval',
    group,
    topic: 'plan',
    prior: -0.1,
    value: ({ periodDays }) => (periodDays === null ? null : Math.log(periodDays)),
    words: ({ periodDays }) => `billed every ${counted(Math.round(periodDays ?? 0), 'day')}`,
  },
  {
    name: 'price',
    group,
    topic: 'price',
    relative: true,
    prior: 0.1,
    value: ({ monthlyPriceMinor }) => (monthlyPriceMinor === null ? null : Math.log1p(monthlyPriceMinor)),
  },
  {
    name: 'no bill within 30 days',
    group,
    topic: 'next bill',
    flag: true,
    prior: -1,
    value: ({ at, nextBillAt }) => (nextBillAt === null ? null : Number(nextBillAt > at + horizonDays * dayMs)),
    words: () => 'no bill within 30 days',
  },
  {
    name: 'days to the next bill',
    group,
    topic: 'next bill',
    prior: 0,
    value: ({ at, nextBillAt }) => (nextBillAt === null ? null : Math.min(1, (nextBillAt - at) / dayMs / horizonDays)),
    words: ({ at, nextBillAt, cancellation }) =>
      cancellation === null ? `next bill in ${counted(Math.ceil(((nextBillAt ?? at) - at) / dayMs), 'day')}` : null,
  },
  {
    name: 'bills paid',
    group,
    topic: 'bills paid',
    prior: 0,
    value: ({ billsPaid }) => Math.log1p(billsPaid),
    words: ({ billsPaid }) => `${counted(billsPaid, 'bill')} paid`,
  },
  {
    name: 'days since a bill',
    group,
    topic: 'bills paid',
    prior: 0,
    value: ({ daysSinceBill }) => (daysSinceBill === null ? null : Math.log1p(daysSinceBill)),
    words: ({ daysSinceBill }) =>
      (daysSinceBill ?? 0) < 1 ? 'charged today' : `last charged ${counted(Math.floor(daysSinceBill ?? 0), 'day')} ago`,
  },
  {
    name: 'failed bills',
    group,
    topic: 'failed bills',
    prior: 0.4,
    value: ({ failedBills }) => Math.log1p(failedBills),
    words: ({ failedBills }) => `${counted(failedBills, 'failed payment')} in the last 60 days`,
  },
  {
    name: 'past due',
    group,
    topic: 'failed bills',
    flag: true,
    prior: 1.2,
    value: ({ pastDue }) => Number(pastDue),
    words: () => 'the last payment failed',
  },
  {
    name: 'cancellation scheduled',
    group,
    topic: 'cancellation',
    flag: true,
    prior: 2.5,
    value: ({ cancellation }) => Number(cancellation !== null),
    words: () => 'set to end',
  },
  {
    name: 'cancellation later than 30 days',
    group,
    topic: 'cancellation',
    flag: true,
    prior: -2.5,
    value: ({ at, cancellation }) => Number((cancellation?.endsAt ?? at) > at + horizonDays * dayMs),
    words: () => 'set to end, but not within 30 days',
  },
  {
    name: 'trial',
    group,
    topic: 'trial',
    flag: true,
    prior: 0,
    value: ({ at, terms }) => Number((terms?.trialEnd ?? at) > at),
    words: () => 'on trial',
  },
  {
    name: 'trial ending',
    group,
    topic: 'trial',
    flag: true,
    prior: 0.7,
    value: (view) => endsSoon(view, view.terms?.trialEnd),
    words: () => 'the trial ends within 30 days',
  },
  {
    name: 'discount ending',
    group,
    topic: 'discount',
    flag: true,
    prior: 0.4,
    value: (view) => endsSoon(view, view.terms?.discountEnd),
    words: () => 'the discount ends within 30 days',
  },
  ...[3, 6, 12].map(anniversary),
];

function endsSoon({ at }: MemberView, end: number | null | undefined): number {
  return Number(end != null && at < end && end <= at + horizonDays * dayMs);
}

/** Where nobody tells how often a membership renews: months after its beginning at which plans usually do. */
function anniversary(months: number): Feature {
  const period = months * monthDays;
  return {
    name: `${months} months complete within 30 days`,
    group,
    topic: 'anniversary',
    flag: true,
    prior: 0,
    value: ({ periodDays, membershipDays }) =>
      periodDays === null ? Number(period - (membershipDays % period) <= horizonDays) : null,
    words: ({ membershipDays }) => `this membership has lasted ${counted(Math.floor(membershipDays), 'day')}`,
  };
}
