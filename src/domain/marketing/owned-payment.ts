import type { Payment, Plan } from '../facts.ts';
import { type PaidPayment, paidOf, pricedPlan } from '../pricing.ts';

/** A payment with what tells whose it is, and what for. */
export type OwnedPayment = Payment & { customerId: string; membershipPlanId: string | null };

export type OwnedPaid = OwnedPayment & PaidPayment;

/**
 * The payment by which each customer's first price was set, of zero as well.
 * @param planId where it is given, only prices of this plan count
 */
export function firstPrices(
  payments: readonly OwnedPayment[],
  plans: ReadonlyMap<string, Plan>,
  planId?: string,
): Map<string, OwnedPaid> {
  const firsts = new Map<string, OwnedPaid>();
  for (const payment of paidOf(payments)) {
    if (firsts.has(payment.customerId)) continue;
    const priced = pricedPlan(payment, { planId: payment.membershipPlanId }, plans);
    if (priced !== null && (planId ?? priced) === priced) firsts.set(payment.customerId, payment);
  }
  return firsts;
}
