import { describe, expect, it } from 'vitest';
import type { Membership, MembershipChange, Payment, Plan } from '../../src/domain/facts.ts';
import { recurringFigures } from '../../src/domain/recurring-figures.ts';
import { movementsByDay, stockByDay } from '../../src/domain/revenue-breakdown.ts';
import { booksOf, courseOf, viewOf } from '../support/books.ts';
import { at, companyDefaults, membership, noFacts, payment, plan } from '../support/facts.ts';

type Known = { plans: Plan[]; payments: Payment[]; memberships?: Membership[]; changes?: MembershipChange[] };

/** A stretch of days in UTC, both included, as known at its end. */
function story(known: Known, first: string, last: string) {
  const end = at(last) + 24 * 3_600_000;
  const stretch = { start: at(first), end, asOf: end - 1 };
  const books = booksOf({ ...noFacts, ...known }, companyDefaults, end);
  const course = courseOf(books, stretch);
  return {
    figures: recurringFigures(viewOf(books, stretch)),
    movements: movementsByDay(course.days).map(({ day, kind, amountMinor }) => `${day} ${kind} ${amountMinor}`),
    mrr: new Map(stockByDay('mrr', 'USD', course).map(({ day, value }) => [day, value])),
  };
}

const yearly = plan({ id: 'plan_yearly', billingPeriodDays: 365, renewalPriceMinor: 200_000 });
const monthly = plan({ id: 'plan_extra', renewalPriceMinor: 6000 });

describe('one customer of ChartMogul’s', () => {
  const year = { id: 'pay_year', membershipId: 'mem_year', planId: 'plan_yearly', totalMinor: 200_000 };
  const bought = payment({ ...year, paidAt: at('2026-01-10') });
  const extra = payment({
    ...{ id: 'pay_extra', membershipId: 'mem_extra', planId: 'plan_extra', totalMinor: 6000 },
    paidAt: at('2026-03-10'),
  });
  const until = (id: string, planId: string, from: string, end: string, cancelled: string) =>
    membership({
      ...{ id, planId, status: 'canceled', createdAt: at(from), canceledAt: at(cancelled) },
      ...{ renewalPeriodEnd: at(end), updatedAt: at('2027-02-01') },
    });

  it('who buys a $2,000 yearly plan is new MRR of $166.67', () => {
    expect(story({ plans: [yearly], payments: [bought] }, '2026-01-01', '2026-01-31').movements).toEqual([
      '2026-01-10 new 16667',
    ]);
  });

  it('who adds $60 a month, drops it, and drops the rest before the year ends: that goes when the year has ended', () => {
    const memberships = [
      until('mem_year', 'plan_yearly', '2026-01-10', '2027-01-10', '2026-09-01'),
      until('mem_extra', 'plan_extra', '2026-03-10', '2026-04-09', '2026-03-20'),
    ];
    const known = { plans: [yearly, monthly], payments: [bought, extra], memberships };
    expect(story(known, '2026-01-01', '2027-01-31').movements).toEqual([
      '2026-01-10 new 16667',
      '2026-03-10 expansion 6000',
      '2026-04-09 contraction 6000',
      '2027-01-10 churn 16667',
    ]);
  });
});

it('ProfitWell’s $10 plan from 15 April, cancelled on 8 June, is in MRR until 14 June', () => {
  const payments = ['2026-04-15', '2026-05-15'].map((day) => payment({ id: `pay_${day}`, paidAt: at(day) }));
  const memberships = [
    membership({
      ...{ status: 'canceled', createdAt: at('2026-04-15'), canceledAt: at('2026-06-08') },
      ...{ renewalPeriodEnd: at('2026-06-15'), updatedAt: at('2026-06-20') },
    }),
  ];
  const { mrr, movements } = story({ plans: [plan()], payments, memberships }, '2026-04-01', '2026-06-30');
  expect([mrr.get('2026-04-14'), mrr.get('2026-04-15'), mrr.get('2026-06-14'), mrr.get('2026-06-15')]).toEqual([
    ...[0, 1000],
    ...[1000, 0],
  ]);
  expect(movements).toEqual(['2026-04-15 new 1000', '2026-06-15 churn 1000']);
});
