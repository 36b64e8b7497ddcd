import type { Fact } from '../facts.ts';
import { fraction, scaleMinor } from '../money.ts';
import { type Amounts, totalOf } from '../pricing.ts';

export type PromoCode = Fact<'promo_code'>;

/** Why nobody can say what a code took off a payment. */
export type Untold = 'code' | 'free' | 'currency' | 'amount';

/** In minor units of the payment's currency. */
export type Discount = { amountMinor: number; untold: null } | { amountMinor: null; untold: Untold };

const whole = 10_000;

/**
 * List price − what was paid without tax, as far as the code tells it: a flat amount is that itself, a percentage leaves the
 * rest to be paid. Of what was free the list price isn't told by either.
 */
export function discountOf(payment: Amounts, code: PromoCode | undefined): Discount {
  const total = totalOf(payment);
  if (total === null || payment.currency === null) return untold('amount');
  if (code === undefined) return untold('code');
  const paid = total - (payment.totalMinor === null ? 0 : (payment.taxMinor ?? 0));
  const { amountOffMinor: flat, percentOffBasisPoints: percent } = code;
  if (flat === null && percent === null) return untold('code');
  if (paid <= 0) return untold('free');
  if (flat !== null) return code.currency === payment.currency ? told(flat) : untold('currency');
  if (percent === null || percent < 0 || percent >= whole) return untold('code');
  return told(scaleMinor(paid, fraction(percent, whole - percent)));
}

function told(amountMinor: number): Discount {
  return { amountMinor, untold: null };
}

function untold(reason: Untold): Discount {
  return { amountMinor: null, untold: reason };
}
