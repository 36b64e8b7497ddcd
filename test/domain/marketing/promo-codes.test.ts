import { describe, expect, it } from 'vitest';
import type { Payment } from '../../../src/domain/facts.ts';
import { firstPrices, type OwnedPayment } from '../../../src/domain/marketing/owned-payment.ts';
import { type Asked, type PayingChange, promoCodeSums, useKey } from '../../../src/domain/marketing/promo-codes.ts';
import { at, payment, plan, plansById } from '../../support/facts.ts';
import { promoCode } from '../../support/promo-code.ts';

const once = plan({ id: 'plan_once', planType: 'one_time', billingPeriodDays: null });
const plans = plansById(plan(), plan({ id: 'plan_pro', renewalPriceMinor: 3000 }), once);
const codes = new Map(
  [promoCode(), promoCode({ id: 'promo_second', percentOffBasisPoints: 5000 })].map((c) => [c.id, c]),
);
const asked: Asked = { now: at('2026-12-01'), timeZone: 'UTC', currency: 'USD' };
const [start, end] = [at('2026-07-01'), at('2026-08-01')];

function paid(customerId: string, day: string, told: Partial<Payment> = {}): OwnedPayment {
  const values = { id: `pay_${customerId}_${day}`, promoCodeId: 'promo_first', totalMinor: 800, ...told };
  return { ...payment({ ...values, paidAt: at(day) }), customerId, membershipPlanId: null };
}

const plain = (customerId: string, day: string) => paid(customerId, day, { promoCodeId: null, totalMinor: 1000 });

const begins = (customerId: string, day: string): PayingChange => ({ customerId, at: at(day), change: 1 });
const stops = (customerId: string, day: string): PayingChange => ({ customerId, at: at(day), change: -1 });

/** Over July, of a company in which all of this was paid. */
function sumsOf(all: readonly OwnedPayment[], paying: readonly PayingChange[] = [], differs: Partial<Asked> = {}) {
  const coded = all.flatMap(({ promoCodeId, ...own }) => (promoCodeId === null ? [] : [{ ...own, promoCodeId }]));
  const within = coded.filter(({ paidAt }) => paidAt !== null && start <= paidAt && paidAt < end);
  const before = coded.filter(({ paidAt }) => paidAt !== null && paidAt < start);
  const facts = {
    ...{ payments: within, usedBefore: new Set(before.map(useKey)), paying, codes, plans },
    firstPrices: firstPrices(all, plans, differs.planId),
  };
  return promoCodeSums(facts, { ...asked, ...differs });
}

describe('payments with a code', () => {
  it('are each counted, with what came in and what the code took off', () => {
    const { sums } = sumsOf([paid('ada', '2026-07-01'), paid('ben', '2026-07-05'), paid('ada', '2026-07-31')]);
    expect(sums).toMatchObject([
      { promoCodeId: 'promo_first', currency: 'USD', payments: 3, grossMinor: 2400, discountMinor: 600 },
    ]);
  });

  it('count where they succeeded, though they were refunded since', () => {
    const refunded = paid('ada', '2026-07-01', { status: 'refunded' });
    const open = paid('ben', '2026-07-02', { status: 'open' });
    expect(sumsOf([refunded, open]).sums).toMatchObject([{ payments: 1, grossMinor: 800 }]);
  });

  it('are those of each code by itself, the most revenue first', () => {
    const second = { promoCodeId: 'promo_second', totalMinor: 1000 };
    const { sums } = sumsOf([paid('ada', '2026-07-01'), paid('ada', '2026-07-02', second)]);
    expect(sums).toMatchObject([
      { promoCodeId: 'promo_second', payments: 1, grossMinor: 1000, discountMinor: 1000 },
      { promoCodeId: 'promo_first', payments: 1, grossMinor: 800, discountMinor: 200 },
    ]);
  });

  it('are converted each at its own rate, and on a row of their own where there is none', () => {
    const euro = { currency: 'EUR', totalMinor: 800, usdTotalMinor: 1000 };
    const peso = { currency: 'MXN', totalMinor: 8000 };
    const { sums } = sumsOf([
      paid('ada', '2026-07-01'),
      paid('ben', '2026-07-02', euro),
      paid('cleo', '2026-07-03', { ...euro, usdTotalMinor: 803 }),
      paid('dora', '2026-07-04', peso),
    ]);
    expect(sums).toMatchObject([
      { currency: 'USD', payments: 3, newCustomers: 3, grossMinor: 800 + 1000 + 803, discountMinor: 200 + 250 + 201 },
      { currency: 'MXN', payments: 1, newCustomers: 1, grossMinor: 8000, discountMinor: 2000 },
    ]);
  });

  it('of nothing need no rate, and leave the discount unknown', () => {
    const { sums, untold } = sumsOf([
      paid('ada', '2026-07-01'),
      paid('ben', '2026-07-02', { currency: 'EUR', totalMinor: 0 }),
    ]);
    expect(sums).toMatchObject([{ currency: 'USD', payments: 2, grossMinor: 800, discountMinor: null }]);
    expect(untold).toEqual(new Map([['free', 1]]));
  });

  it('are those of one plan where that is asked for', () => {
    const pro = { planId: 'plan_pro' };
    const all = [paid('ada', '2026-07-01'), paid('ada', '2026-07-02', pro), paid('ben', '2026-07-03', pro)];
    expect(sumsOf(all, [], { planId: 'plan_pro' }).sums).toMatchObject([{ payments: 2, newCustomers: 2 }]);
    expect(sumsOf(all, [], { planId: 'plan_monthly' }).sums).toMatchObject([{ payments: 1, newCustomers: 1 }]);
  });
});

describe('new customers', () => {
  it('are those whose first price ever was paid with the code', () => {
    const all = [
      plain('ada', '2026-05-01'),
      paid('ada', '2026-07-01'),
      paid('ben', '2026-07-01'),
      plain('ben', '2026-07-02'),
    ];
    expect(sumsOf(all).sums).toMatchObject([{ payments: 2, newCustomers: 1 }]);
  });

  it('are the first code’s, not the second’s', () => {
    const { sums } = sumsOf([paid('ada', '2026-07-01'), paid('ada', '2026-07-09', { promoCodeId: 'promo_second' })]);
    expect(sums.map(({ promoCodeId, newCustomers }) => [promoCodeId, newCustomers])).toEqual([
      ['promo_first', 1],
      ['promo_second', 0],
    ]);
  });

  it('came before where their first payment with it did', () => {
    const { sums } = sumsOf([paid('ada', '2026-06-30T23:59:59Z'), paid('ada', '2026-07-30')]);
    expect(sums).toMatchObject([{ payments: 1, newCustomers: 0 }]);
  });

  it('come by a price of zero as well, and not by what sets no price', () => {
    const once = paid('ben', '2026-07-01', { billingReason: 'one_time' });
    const { sums } = sumsOf([paid('ada', '2026-07-01', { totalMinor: 0 }), once, paid('ben', '2026-07-02')]);
    expect(sums).toMatchObject([{ payments: 3, newCustomers: 2 }]);
    expect(sumsOf([once]).sums).toMatchObject([{ payments: 1, newCustomers: 0 }]);
  });
});

describe('who still pays', () => {
  const ada = [paid('ada', '2026-07-01T10:00:00Z')];
  const retained = (now: string, paying: PayingChange[], all = ada, timeZone = 'UTC') => {
    const { sums } = sumsOf(all, paying, { now: at(now), timeZone });
    return sums.map(({ retained30, retained90 }) => [retained30, retained90]);
  };

  it('is known once the 30th and the 90th local day are over', () => {
    const paying = [begins('ada', '2026-07-01T10:00:00Z')];
    expect(retained('2026-07-31T23:59:59.999Z', paying)).toEqual([[null, null]]);
    expect(retained('2026-08-01', paying)).toEqual([[1, null]]);
    expect(retained('2026-09-29T23:59:59.999Z', paying)).toEqual([[1, null]]);
    expect(retained('2026-09-30', paying)).toEqual([[1, 1]]);
    // There it is still the 31st.
    expect(retained('2026-08-01', paying, ada, 'America/New_York')).toEqual([[null, null]]);
  });

  it('pays at the end of that day, whatever was between and comes later', () => {
    const begun = begins('ada', '2026-07-01T10:00:00Z');
    expect(retained('2026-12-01', [begun, stops('ada', '2026-07-31T23:59:59Z')])).toEqual([[0, 0]]);
    expect(retained('2026-12-01', [begun, stops('ada', '2026-08-01')])).toEqual([[1, 0]]);
    const back = [begun, stops('ada', '2026-07-05'), begins('ada', '2026-09-29')];
    expect(retained('2026-12-01', back)).toEqual([[0, 1]]);
  });

  it('is a share of those for whom that day is over', () => {
    const all = [...ada, paid('ben', '2026-07-02'), paid('cleo', '2026-07-20')];
    const paying = [begins('ada', '2026-07-01'), begins('ben', '2026-07-02'), stops('ben', '2026-07-20')];
    expect(retained('2026-08-02', paying, all)).toEqual([[0.5, null]]);
  });

  it('counts once, from the first payment with the code, where that lies in the period', () => {
    const again = [...ada, paid('ada', '2026-07-20')];
    const paying = [begins('ada', '2026-07-01'), stops('ada', '2026-08-05')];
    expect(retained('2026-12-01', paying, again)).toEqual([[1, 0]]);
    expect(retained('2026-12-01', paying, [...again, paid('ada', '2026-06-01')])).toEqual([[null, null]]);
  });

  it('is asked of who bought what renews, as far as is known', () => {
    const lifetime = { planId: 'plan_once', billingReason: 'one_time' };
    expect(retained('2026-12-01', [], [paid('ada', '2026-07-01', lifetime)])).toEqual([[null, null]]);
    expect(retained('2026-12-01', [], [paid('ada', '2026-07-01', { planId: 'plan_unheard_of' })])).toEqual([
      [null, null],
    ]);
    expect(retained('2026-12-01', [], [paid('ada', '2026-07-01', { planId: null })])).toEqual([[null, null]]);
  });

  it('is asked of each code by itself', () => {
    const all = [
      paid('ada', '2026-06-01'),
      paid('ada', '2026-07-10', { promoCodeId: 'promo_second', totalMinor: 100 }),
    ];
    expect(retained('2026-08-10', [begins('ada', '2026-06-01')], all)).toEqual([[1, null]]);
  });
});
