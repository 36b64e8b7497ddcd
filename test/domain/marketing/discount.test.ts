import { describe, expect, it } from 'vitest';
import { discountOf, type PromoCode } from '../../../src/domain/marketing/discount.ts';
import { payment } from '../../support/facts.ts';
import { promoCode } from '../../support/promo-code.ts';

const percent = (percentOffBasisPoints: number) => promoCode({ percentOffBasisPoints });
const flat = (amountOffMinor: number, currency = 'USD') =>
  promoCode({ percentOffBasisPoints: null, amountOffMinor, currency });

describe('what a code took off', () => {
  it.each([
    ['20 % off $10 leaves $8', { totalMinor: 800 }, percent(2000), 200],
    ['a third off $9.99 leaves $6.66', { totalMinor: 666 }, percent(3333), 333],
    ['half a cent is rounded away from zero', { totalMinor: 1 }, percent(3334), 1],
    ['$3 off is $3, whatever is left', { totalMinor: 700 }, flat(300), 300],
    ['tax is no part of the price', { totalMinor: 952, taxMinor: 152 }, percent(2000), 200],
    ['where no total is told the subtotal is the price', { totalMinor: null, subtotalMinor: 800 }, percent(2000), 200],
    ['in the currency of the payment', { currency: 'JPY', totalMinor: 900 }, percent(1000), 100],
    ['nothing off is told, too', { totalMinor: 1000 }, percent(0), 0],
  ] as const)('%s', (_name, told, code, amountMinor) => {
    expect(discountOf(payment(told), code)).toEqual({ amountMinor, untold: null });
  });

  it.each([
    ['nobody has told the code', {}, undefined, 'code'],
    ['nobody has told how much', {}, promoCode({ percentOffBasisPoints: null }), 'code'],
    ['everything off leaves something all the same', { totalMinor: 1 }, percent(10_000), 'code'],
    ['nothing was paid, of a percentage', { totalMinor: 0 }, percent(10_000), 'free'],
    ['nothing was paid, of a flat amount', { totalMinor: 0 }, flat(5000), 'free'],
    ['only tax was paid', { totalMinor: 50, taxMinor: 50 }, flat(5000), 'free'],
    ['a flat amount is in another currency', { currency: 'EUR' }, flat(300), 'currency'],
    ['nobody has told what was paid', { totalMinor: null }, percent(2000), 'amount'],
    ['nobody has told in what', { currency: null }, percent(2000), 'amount'],
  ] as const)('is not known where %s', (_name, told, code: PromoCode | undefined, untold) => {
    expect(discountOf(payment(told), code)).toEqual({ amountMinor: null, untold });
  });
});
