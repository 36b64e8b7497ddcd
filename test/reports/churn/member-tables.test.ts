import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerBook, within } from '../../../src/domain/customer-book.ts';
import type { Payment } from '../../../src/domain/facts.ts';
import { membershipRecords } from '../../../src/domain/membership-record.ts';
import { paidInTotal } from '../../../src/reports/churn/member-tables.ts';
import { at, membership, nothingOf, payment, plan } from '../../support/facts.ts';

const until = at('2026-03-01');

function paidBy(payments: Payment[], reportingCurrency = 'USD') {
  const customer = { ...nothingOf, memberships: [membership()], payments };
  const terms = { plans: new Map([['plan_monthly', plan()]]), reportingCurrency };
  const total = paidInTotal(membershipRecords(customer, terms), reportingCurrency, until);
  return { total, flows: within(customerBook(customer, terms).flows, 0, until) };
}

describe('what a member paid in total', () => {
  it('is converted at the rate of each payment, and beside the rest where Whop gave none', () => {
    const payments = [
      payment({ id: 'pay_1', totalMinor: 1000 }),
      payment({ id: 'pay_2', currency: 'EUR', totalMinor: 2000, usdTotalMinor: 2345 }),
      payment({ id: 'pay_3', currency: 'MXN', totalMinor: 52_900 }),
      payment({ id: 'pay_4', currency: 'EUR', totalMinor: 500, paidAt: until }),
      payment({ id: 'pay_5', currency: 'JPY', failed: true }),
    ];
    expect(paidBy(payments).total).toEqual({
      value: 3345,
      otherCurrencies: [{ currency: 'MXN', amount: 52_900 }],
    });
    expect(paidBy(payments, 'EUR').total).toEqual({
      value: 2000,
      otherCurrencies: [
        { currency: 'MXN', amount: 52_900 },
        { currency: 'USD', amount: 1000 },
      ],
    });
  });

  it('is what their payments add to gross revenue', () => {
    const told = fc.record({
      currency: fc.constantFrom('USD', 'EUR', 'JPY', null),
      totalMinor: fc.option(fc.integer({ min: -5000, max: 50_000 })),
      usdTotalMinor: fc.option(fc.integer({ min: 1, max: 50_000 })),
      paidAt: fc.constantFrom(at('2026-01-01'), until - 1, until),
      failed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 8 }), fc.constantFrom('USD', 'EUR'), (some, reportingCurrency) => {
        const { total, flows } = paidBy(
          some.map((one, i) => payment({ id: `pay_${i}`, ...one })),
          reportingCurrency,
        );
        const sums = new Map<string, number>([[reportingCurrency, total.value ?? 0]]);
        for (const { currency, amount } of total.otherCurrencies ?? []) sums.set(currency, amount);
        for (const { currency, amounts } of flows) {
          if (amounts.gross_revenue) sums.set(currency, (sums.get(currency) ?? 0) - amounts.gross_revenue);
        }
        expect([...sums.values()].filter((left) => left !== 0)).toEqual([]);
      }),
    );
  });
});
