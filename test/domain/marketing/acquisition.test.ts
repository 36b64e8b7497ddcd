import { describe, expect, it } from 'vitest';
import { acquisitionSums, type Beginner } from '../../../src/domain/marketing/acquisition.ts';
import { type Affiliate, affiliateRows } from '../../../src/domain/marketing/affiliates.ts';

const beginner = (customerId: string, ...paid: [currency: string, grossMinor: number][]): Beginner => ({
  customerId,
  paid: paid.map(([currency, grossMinor]) => ({ currency, grossMinor })),
});

const sums = (...all: Beginner[]) =>
  acquisitionSums(all, (id) => (id.startsWith('coded') ? 'promo code' : 'direct'), 'USD').map(
    ({ channel, currency, customers, grossMinor }) => `${channel} ${currency}: ${customers}, ${grossMinor}`,
  );

describe('how customers came', () => {
  it('is told by channel, with what they paid', () => {
    expect(
      sums(beginner('coded_1', ['USD', 800]), beginner('ben', ['USD', 1000]), beginner('cleo', ['USD', 3000])),
    ).toEqual(['direct USD: 2, 4000', 'promo code USD: 1, 800']);
  });

  it('counts each once, and leaves what can’t be converted in its currency', () => {
    expect(sums(beginner('ada', ['MXN', 200], ['USD', 1000]), beginner('ben', ['MXN', 300], ['EUR', 5]))).toEqual([
      'direct USD: 1, 1000',
      'direct EUR: 1, 5',
      'direct MXN: 0, 500',
    ]);
  });

  it('counts who paid nothing in the reporting currency, and is nothing of nobody', () => {
    expect(sums(beginner('ada'))).toEqual(['direct USD: 1, 0']);
    expect(sums()).toEqual([]);
  });
});

describe('affiliates', () => {
  const affiliate = (id: string, told: Partial<Affiliate> = {}): Affiliate => ({
    ...{ id, userId: `user_${id}`, name: null, referrals: 2, usdRevenueMinor: 500, asOf: 1 },
    ...told,
  });
  const named = (rows: readonly Affiliate[], ...optedOut: string[]) =>
    affiliateRows(rows, new Set(optedOut)).map((row) => [row.affiliate, row.referrals, row.usdRevenueMinor]);

  it('are known by their name, else by their id', () => {
    expect(named([affiliate('aff_1', { name: 'ava' }), affiliate('aff_2', { userId: null })])).toEqual([
      ['ava', 2, 500],
      ['aff_2', 2, 500],
    ]);
  });

  it('who opted out are one row without a name, and known together where each is', () => {
    const all = [
      affiliate('aff_1', { name: 'ava' }),
      affiliate('aff_2'),
      affiliate('aff_3', { name: 'ben', referrals: 5 }),
    ];
    expect(named(all, 'user_aff_1', 'user_aff_2')).toEqual([
      ['ben', 5, 500],
      ['opted out (2)', 4, 1000],
    ]);
    expect(named([affiliate('aff_1', { usdRevenueMinor: null })], 'user_aff_1')).toEqual([['opted out (1)', 2, null]]);
  });
});
