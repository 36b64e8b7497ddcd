import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideMinor, fraction, minorDigits, multiply, scaleMinor, toMajor, toMinor } from '../../src/domain/money.ts';

describe('an amount in minor units', () => {
  it.each([
    ['29.99', 'USD', 2999],
    [10.43, 'USD', 1043],
    [0.1 + 0.2, 'USD', 30],
    [1.005, 'USD', 101],
    [-1.005, 'USD', -101],
    ['1.0049', 'USD', 100],
    ['1500', 'JPY', 1500],
    ['1500.5', 'JPY', 1501],
    ['1.2345', 'KWD', 1235],
    ['.5', 'USD', 50],
    ['5.', 'USD', 500],
    ['1e3', 'USD', 100_000],
    ['1e-7', 'USD', 0],
    ['0.00000001', 'BTC', 1],
    [' 12 ', 'USD', 1200],
    ['-0', 'USD', 0],
    ['-0.00', 'USD', 0],
    // 15 digits with the minor unit, then 16.
    ['9999999999999.99', 'USD', 999_999_999_999_999],
    ['-9999999999999.99', 'USD', -999_999_999_999_999],
    ['10000000000000.01', 'USD', 1_000_000_000_000_001],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  ])('%s %s is %i', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
  });

  it.each(['', '.', 'abc', '1,000.00', '0x10', 'NaN', 'Infinity', '1e999', '90071992547409.92', '99999999999999999'])(
    '%j is none that could be kept exactly',
    (amount) => {
      expect(toMinor(amount, 'USD')).toBeNull();
    },
  );

  it('goes to major units and back without loss', () => {
    const amounts = fc.integer({ min: -1e12, max: 1e12 });
    const currencies = fc.constantFrom('JPY', 'USD', 'KWD');
    fc.assert(
      fc.property(amounts, currencies, (minor, currency) => {
        const text = toMajor(minor, currency).toFixed(minorDigits(currency));
        expect(toMinor(text, currency)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });
});

describe('a share of an amount', () => {
  it('rounds half a minor unit away from zero, on both sides', () => {
    expect(scaleMinor(1, fraction(1, 2))).toBe(1);
    expect(scaleMinor(-1, fraction(1, 2))).toBe(-1);
    expect(scaleMinor(1, fraction(49, 100))).toBe(0);
    expect(scaleMinor(3, fraction(1, -2))).toBe(-2);
  });

  it('is rounded once, however many factors it has', () => {
    const third = fraction(1, 3);
    expect(scaleMinor(100, multiply(third, fraction(3, 1)))).toBe(100);
  });

  it('is exact beyond the precision of floating point', () => {
    expect(scaleMinor(9_007_199_254_740_991, fraction(999_999_999, 1_000_000_000))).toBe(9_007_199_245_733_792);
  });

  it('is none by nobody', () => {
    expect(divideMinor(100, 0)).toBeNull();
    expect(divideMinor(100, 3)).toBe(33);
  });
});
