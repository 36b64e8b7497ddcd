import type { PromoCode } from '../../src/domain/marketing/discount.ts';

/** FIRST20 takes 20 % off, but for what is said. */
export function promoCode(told: Partial<PromoCode> = {}): PromoCode {
  return {
    id: 'promo_first',
    code: 'FIRST20',
    productId: null,
    status: 'active',
    promoType: null,
    currency: 'USD',
    amountOffMinor: null,
    percentOffBasisPoints: 2000,
    duration: 'forever',
    durationMonths: null,
    uses: null,
    stock: null,
    unlimitedStock: null,
    createdAt: null,
    expiresAt: null,
    ...told,
  };
}
