import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stretch } from '../../src/domain/calendar.ts';
import { cashFigures } from '../../src/domain/cash-figures.ts';
import type { Payment, Refund } from '../../src/domain/facts.ts';
import { recurringFigures } from '../../src/domain/recurring-figures.ts';
import { netRevenueByDay, revenueByPlan, stockByDay } from '../../src/domain/revenue-breakdown.ts';
import { type Books, booksOf, courseOf, scopesOf, viewOf } from '../support/books.ts';
import { type CompanyFacts, customersOf } from '../support/customers-of.ts';
import { at, noFacts, payment, plan } from '../support/facts.ts';

const january: Stretch = { start: at('2026-01-01'), end: at('2026-02-01'), asOf: at('2026-02-01') - 1 };

/** The books of people who have made these payments, each for a membership of their own. */
function books(payments: Payment[], told: Partial<CompanyFacts> = {}, timeZone = 'UTC'): Books {
  const settings = { timeZone, weekStart: 'monday', reportingCurrency: 'USD' } as const;
  return booksOf({ ...noFacts, plans: [plan()], payments, ...told }, settings, january.asOf);
}

function revenueFigures(known: Books, stretch: Stretch) {
  const view = viewOf(known, stretch);
  return { ...recurringFigures(view), ...cashFigures(view) };
}

let next = 0;
function paid(told: Parameters<typeof payment>[0] = {}): Payment {
  next += 1;
  return payment({
    id: `pay_${next}`,
    userId: `user_${next}`,
    membershipId: `mem_${next}`,
    paidAt: at('2026-01-10'),
    ...told,
  });
}

function refund(told: Partial<Refund> = {}): Refund {
  const known = { id: 'ref_1', paymentId: 'pay_x', status: 'succeeded', currency: 'USD', amountMinor: 400 };
  return { ...known, createdAt: at('2026-01-20'), ...told };
}

describe('recurring revenue', () => {
  it('of 5 × $5 monthly is $25, and with 2 × $30 more $85', () => {
    const five = Array.from({ length: 5 }, () => paid({ totalMinor: 500 }));
    expect(revenueFigures(books(five), january).mrr).toEqual({ value: 2500 });
    const seven = [...five, paid({ totalMinor: 3000 }), paid({ totalMinor: 3000 })];
    expect(revenueFigures(books(seven), january).mrr).toEqual({ value: 8500 });
  });

  it('of 100 × $100 a month and 50 × $600 a year is $12,500', () => {
    const yearly = plan({ id: 'plan_yearly', billingPeriodDays: 365 });
    const payments = [
      ...Array.from({ length: 100 }, () => paid({ totalMinor: 10_000 })),
      ...Array.from({ length: 50 }, () => paid({ totalMinor: 60_000, planId: 'plan_yearly' })),
    ];
    const figures = revenueFigures(books(payments, { plans: [plan(), yearly] }), january);
    expect(figures.mrr).toEqual({ value: 1_250_000 });
    expect(figures.arr).toEqual({ value: 15_000_000 });
  });

  it('per customer of 1, 1, 3, 5 and 5 is 3', () => {
    const payments = [1, 1, 3, 5, 5].map((amount) => paid({ totalMinor: amount * 100 }));
    expect(revenueFigures(books(payments), january)).toMatchObject({
      paying_customers: { value: 5 },
      arpu: { value: 300 },
    });
  });

  it('of $10 and MXN 200 is two lines, never 210', () => {
    const payments = [paid(), paid({ currency: 'MXN', totalMinor: 20_000 })];
    const figures = revenueFigures(books(payments), january);
    expect(figures.mrr).toEqual({ value: 1000, otherCurrencies: [{ currency: 'MXN', amount: 20_000 }] });
    expect(figures.paying_customers).toEqual({ value: 2 });
    expect(figures.arpu).toEqual({ value: 1000 });
  });

  it('is not available per customer where nobody pays', () => {
    expect(revenueFigures(books([]), january).arpu).toEqual({
      value: null,
      unavailable: 'nobody pays in USD at this time',
    });
  });

  it('is as at the end: a change of that instant counts, a later one does not', () => {
    const on = (paidAt: number) => revenueFigures(books([paid({ paidAt })]), january).mrr.value;
    expect(on(january.asOf)).toBe(1000);
    expect(on(january.asOf + 1)).toBe(0);
  });
});

describe('cash', () => {
  it('counts what was paid from the start up to, but not at, the end', () => {
    const on = (paidAt: number) => revenueFigures(books([paid({ paidAt })]), january).gross_revenue.value;
    expect(on(january.start - 1)).toBe(0);
    expect(on(january.start)).toBe(1000);
    expect(on(january.end - 1)).toBe(1000);
    expect(on(january.end)).toBe(0);
  });

  it('is net of succeeded refunds by their own time, and of lost disputes by their opening', () => {
    const dispute = {
      id: 'dis_1',
      paymentId: 'pay_x',
      currency: 'USD',
      amountMinor: 300,
      createdAt: at('2026-01-25'),
      needsResponseBy: null,
    };
    const figures = (status: string, refundStatus = 'succeeded') =>
      revenueFigures(
        books([paid({ id: 'pay_x' })], {
          refunds: [refund({ status: refundStatus })],
          disputes: [{ ...dispute, status }],
        }),
        january,
      );
    expect(figures('lost')).toMatchObject({
      refunds: { value: 400 },
      disputes_lost: { value: 300 },
      net_revenue: { value: 300 },
      refund_rate: { value: 0.4 },
      dispute_rate: { value: 1 },
    });
    expect(figures('won', 'pending')).toMatchObject({
      refunds: { value: 0 },
      disputes_lost: { value: 0 },
      net_revenue: { value: 1000 },
      dispute_rate: { value: 1 },
    });
    expect(figures('warning_needs_response').dispute_rate).toEqual({ value: 0 });
  });

  it('in another currency is converted at its payment’s rate, and its refunds at the same', () => {
    const pesos = paid({ id: 'pay_x', currency: 'MXN', totalMinor: 20_000, usdTotalMinor: 1000 });
    const inPesos = refund({ currency: 'MXN', amountMinor: 5010 });
    const figures = revenueFigures(books([pesos], { refunds: [inPesos] }), january);
    // 5,010 × 1,000 / 20,000 = 250.5, rounded away from zero.
    expect(figures).toMatchObject({
      gross_revenue: { value: 1000 },
      refunds: { value: 251 },
      net_revenue: { value: 749 },
    });
  });

  it('tells payments that succeeded, failed, recovered and are pending apart', () => {
    const payments = [
      paid({ totalMinor: 100, amountAfterFeesMinor: 90 }),
      paid({ failedAttempts: 2 }),
      paid({ failed: true, lastAttemptAt: at('2026-01-15') }),
      paid({ failed: true, lastAttemptAt: at('2026-02-15') }),
      paid({ status: 'open', failedAttempts: 0, createdAt: at('2026-01-15') }),
      paid({ status: 'void', failedAttempts: 3, lastAttemptAt: at('2026-01-15') }),
    ];
    expect(revenueFigures(books(payments), january)).toMatchObject({
      after_fees: { value: 90 },
      payments_succeeded: { value: 2 },
      payments_recovered: { value: 1 },
      payments_failed: { value: 1 },
      payments_pending: { value: 1 },
      payment_success_rate: { value: 2 / 3 },
    });
  });

  it.each([
    ['paid', 1],
    ['unresolved', 1],
    ['refunded', 1],
    ['open', 0],
    ['pending', 0],
    ['uncollectible', 0],
    ['void', 0],
    [null, 0],
  ])('with a time of payment and the status %s counts %i', (status, succeeded) => {
    expect(revenueFigures(books([paid({ status })]), january).payments_succeeded.value).toBe(succeeded);
  });

  it('has no rates without payments', () => {
    const figures = revenueFigures(books([]), january);
    expect([figures.payment_success_rate, figures.refund_rate, figures.dispute_rate].map(({ value }) => value)).toEqual(
      [null, null, null],
    );
  });
});

describe('by day', () => {
  it('MRR is that of the day’s end, and the last day’s as at now', () => {
    const stretch = { start: at('2026-01-01'), end: at('2026-01-03T12:00:00Z'), asOf: at('2026-01-03T12:00:00Z') };
    const payments = [
      paid({ paidAt: at('2026-01-01T23:59:59.999Z') }),
      paid({ paidAt: at('2026-01-02T00:00:00Z') }),
      paid({ paidAt: at('2026-01-03T12:00:00Z') }),
    ];
    expect(stockByDay('mrr', 'USD', courseOf(books(payments), stretch))).toEqual([
      { day: '2026-01-01', value: 1000 },
      { day: '2026-01-02', value: 2000 },
      { day: '2026-01-03', value: 3000 },
    ]);
  });

  it('net revenue sums to the period’s in any zone', () => {
    const instants = fc.array(fc.integer({ min: january.start - 864e5, max: january.end + 864e5 }), { maxLength: 12 });
    fc.assert(
      fc.property(instants, fc.constantFrom('UTC', 'America/Santiago', 'Asia/Kolkata'), (times, zone) => {
        const payments = times.map((paidAt) => paid({ paidAt, totalMinor: 700 }));
        const known = books(payments, {}, zone);
        const days = netRevenueByDay('USD', courseOf(known, january));
        const sum = days.reduce((total, { value }) => total + value, 0);
        expect(sum).toBe(revenueFigures(known, january).net_revenue.value);
      }),
    );
  });
});

describe('by plan', () => {
  const plans = [plan(), plan({ id: 'plan_b', billingPeriodDays: 7 }), plan({ id: 'plan_c', planType: 'one_time' })];
  const money = fc.record({
    planId: fc.constantFrom('plan_monthly', 'plan_b', 'plan_c', null),
    currency: fc.constantFrom('USD', 'MXN', 'JPY'),
    totalMinor: fc.integer({ min: 0, max: 100_000 }),
    usdTotalMinor: fc.option(fc.integer({ min: 1, max: 100_000 })),
  });

  it('the rows of each currency sum to the totals', () => {
    fc.assert(
      fc.property(fc.array(money, { maxLength: 10 }), (payments) => {
        const known = books(
          payments.map((told) => paid(told)),
          { plans },
        );
        const figures = revenueFigures(known, january);
        const rows = revenueByPlan(scopesOf(known, 'plan', january), 'USD');
        for (const [figure, column] of [
          ['mrr', 'mrr'],
          ['gross_revenue', 'grossRevenue'],
        ] as const) {
          const total = { currency: 'USD', amount: figures[figure].value ?? 0 };
          for (const { currency, amount } of [total, ...(figures[figure].otherCurrencies ?? [])]) {
            const own = rows.filter((row) => row.currency === currency);
            expect(own.reduce((sum, row) => sum + row[column], 0)).toBe(amount);
          }
        }
      }),
    );
  });

  it('a customer on two plans counts on both, and once in all', () => {
    const payments = [paid({ planId: 'plan_monthly' }), paid({ planId: 'plan_b' })];
    const known = books(
      payments.map((one) => ({ ...one, userId: 'user_both' })),
      { plans },
    );
    expect(
      revenueByPlan(scopesOf(known, 'plan', january), 'USD').map(({ planId, customers }) => [planId, customers]),
    ).toEqual([
      ['plan_b', 1],
      ['plan_monthly', 1],
    ]);
    expect(revenueFigures(known, january).paying_customers).toEqual({ value: 1 });
  });
});

describe('whose a fact is', () => {
  it('follows the membership, then the user, then stands for itself', () => {
    const payments = [
      payment({ id: 'pay_1', userId: 'user_1', membershipId: 'mem_1' }),
      payment({ id: 'pay_2', userId: null, membershipId: 'mem_1' }),
      payment({ id: 'pay_3', userId: 'user_1', membershipId: null }),
      payment({ id: 'pay_4', userId: null, membershipId: null }),
    ];
    const refunds = [refund({ id: 'ref_1', paymentId: 'pay_2' }), refund({ id: 'ref_2', paymentId: 'pay_lost' })];
    const ids = [...customersOf({ ...noFacts, payments, refunds }).values()].map((one) => [
      one.payments.map(({ id }) => id),
      one.refunds.map(({ id }) => id),
    ]);
    expect(ids).toEqual([
      [['pay_1', 'pay_2', 'pay_3'], ['ref_1']],
      [['pay_4'], []],
      [[], ['ref_2']],
    ]);
  });
});
