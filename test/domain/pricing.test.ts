import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payment, Plan } from '../../src/domain/facts.ts';
import { fraction, scaleMinor } from '../../src/domain/money.ts';
import { type PriceEvent, paidOf, paymentsPerMonth, priceEvents } from '../../src/domain/pricing.ts';
import { at, membership, payment, plan, plansById } from '../support/facts.ts';

function prices(payments: Payment[], plans: Plan[] = [plan()], reporting = 'USD'): PriceEvent[] {
  return priceEvents(membership({ planId: plans[0]?.id ?? null }), paidOf(payments), plansById(...plans), reporting);
}

function monthly(told: Partial<Payment>, plans?: Plan[]): number[] {
  return prices([payment(told)], plans).map(({ monthlyMinor }) => monthlyMinor);
}

describe('a billing period in days, normalised to a month', () => {
  it.each([
    [1, 30.4375],
    [7, 52 / 12],
    [14, 26 / 12],
    [28, 1],
    [31, 1],
    [60, 1 / 2],
    [61, 1 / 2],
    [89, 1 / 3],
    [92, 1 / 3],
    [180, 1 / 6],
    [184, 1 / 6],
    [360, 1 / 12],
    [366, 1 / 12],
    [730, 1 / 24],
    [731, 1 / 24],
    [1095, 1 / 36],
    [1096, 1 / 36],
    [27, 30.4375 / 27],
    [32, 30.4375 / 32],
    [45, 30.4375 / 45],
    [93, 30.4375 / 93],
    [367, 30.4375 / 367],
  ])('%i days: %d payments a month', (days, expected) => {
    const { numerator, denominator } = paymentsPerMonth(days);
    expect(Number(numerator) / Number(denominator)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['$90 for 3 months', 9000, 90, 3000],
    ['$1,200 a year', 120_000, 365, 10_000],
    ['$120 a year less 10 %', 10_800, 365, 900],
    ['a $2,000 yearly plan', 200_000, 365, 16_667],
    ['$240 for 2 years', 24_000, 730, 1000],
    ['$360 for 3 years', 36_000, 1095, 1000],
  ])('%s', (_what, totalMinor, billingPeriodDays, expected) => {
    expect(monthly({ totalMinor }, [plan({ billingPeriodDays })])).toEqual([expected]);
  });
});

describe('a price', () => {
  it('is what was paid without tax, and the subtotal where no total is told', () => {
    expect(monthly({ totalMinor: 1190, taxMinor: 190 })).toEqual([1000]);
    expect(monthly({ totalMinor: null, subtotalMinor: 800 })).toEqual([800]);
    expect(monthly({ totalMinor: null, subtotalMinor: null })).toEqual([]);
  });

  it('of a first payment is only the share that recurs', () => {
    const withFee = plan({ initialPriceMinor: 4000, renewalPriceMinor: 1000 });
    expect(monthly({ billingReason: 'subscription_create', totalMinor: 5000 }, [withFee])).toEqual([1000]);
    expect(monthly({ billingReason: 'subscription_create', totalMinor: 2500 }, [withFee])).toEqual([500]);
    expect(monthly({ billingReason: 'subscription_cycle', totalMinor: 1000 }, [withFee])).toEqual([1000]);
    const unknown = plan({ initialPriceMinor: null });
    expect(monthly({ billingReason: 'subscription_create', totalMinor: 5000 }, [unknown])).toEqual([5000]);
  });

  it('after a proration is the plan’s own', () => {
    expect(monthly({ billingReason: 'subscription_update', totalMinor: 123 })).toEqual([1000]);
    expect(monthly({ billingReason: 'subscription_update' }, [plan({ renewalPriceMinor: null })])).toEqual([]);
  });

  it('is not made by one-time, manual, void, failed or unpaid payments', () => {
    for (const told of [
      { billingReason: 'one_time' },
      { billingReason: 'manual' },
      { status: 'void' },
      { failed: true },
      { status: 'open' },
    ]) {
      expect(monthly(told)).toEqual([]);
    }
  });

  it('is never below zero', () => {
    expect(monthly({ totalMinor: -500 })).toEqual([0]);
  });

  it('of zero is a price, too', () => {
    expect(monthly({ totalMinor: 0 })).toEqual([0]);
  });

  it('needs a plan that renews at a known term', () => {
    expect(monthly({}, [plan({ planType: 'one_time' })])).toEqual([]);
    expect(monthly({}, [plan({ billingPeriodDays: null })])).toEqual([]);
    expect(monthly({}, [plan({ id: 'plan_other' })])).toEqual([]);
  });
});

describe('the rate of a price', () => {
  const pesos = plan({ currency: 'MXN' });
  const paid = (day: string, totalMinor: number, usdTotalMinor: number | null) =>
    payment({ paidAt: at(day), currency: 'MXN', totalMinor, usdTotalMinor });
  const inDollars = (payments: Payment[], reporting = 'USD') =>
    prices(payments, [pesos], reporting).map(({ monthlyMinor, rate }) => rate && scaleMinor(monthlyMinor, rate));

  it('is Whop’s own of that payment', () => {
    expect(inDollars([paid('2026-01-01', 20_000, 1000)])).toEqual([1000]);
  });

  it('stays while the price does, and is a new one with a new price', () => {
    const payments = [
      paid('2026-01-01', 20_000, 1000),
      paid('2026-02-01', 20_000, 900),
      paid('2026-03-01', 30_000, 1200),
    ];
    expect(inDollars(payments)).toEqual([1000, 1000, 1200]);
  });

  it('is the first that is known of a run, so that its arrival makes no movement', () => {
    expect(inDollars([paid('2026-01-01', 20_000, null), paid('2026-02-01', 20_000, 900)])).toEqual([900, 900]);
  });

  it('is missing where Whop gives none, and for any other reporting currency', () => {
    expect(inDollars([paid('2026-01-01', 20_000, null)])).toEqual([null]);
    expect(inDollars([paid('2026-01-01', 20_000, 1000)], 'EUR')).toEqual([null]);
    expect(inDollars([paid('2026-01-01', 20_000, 1000)], 'MXN')).toEqual([20_000]);
  });
});

describe('price events', () => {
  it('do not depend on the order in which payments are known', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.integer({ min: 0, max: 9999 })), (dayNumbers, amounts) => {
        const payments = dayNumbers.map((day) =>
          payment({ id: `pay_${day}`, paidAt: at('2026-01-01') + day * 864e5, totalMinor: amounts.next().value }),
        );
        expect(prices(payments.toReversed())).toEqual(prices(payments));
      }),
    );
  });

  it('keep the exact fraction until the one rounding', () => {
    expect(scaleMinor(1000, fraction(52, 12))).toBe(4333);
    expect(monthly({ totalMinor: 1000 }, [plan({ billingPeriodDays: 7 })])).toEqual([4333]);
  });
});
